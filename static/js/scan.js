// Reads a card with the camera, where the browser can. The number can always be typed instead.
document.querySelectorAll("[data-scan]").forEach(function (place) {
  var devices = navigator.mediaDevices, field = document.querySelector(".find [name=q]");
  if (!window.BarcodeDetector || !devices || !devices.getUserMedia || !field) return;
  var button = place.querySelector("button"), note = place.querySelector("[data-aim]");
  var video = null, stream = null, detector = new window.BarcodeDetector({ formats: ["qr_code"] });
  place.hidden = false;

  function stop(text) {
    if (stream) stream.getTracks().forEach(function (track) { track.stop(); });
    if (video) video.remove();
    video = stream = null;
    note.textContent = text || "";
  }
  function look() {
    if (!video) return;
    detector.detect(video).then(function (codes) {
      if (!codes.length) return window.setTimeout(look, 150);
      field.value = codes[0].rawValue.slice(0, 80);
      stop();
      field.form.submit();
    }).catch(function () { window.setTimeout(look, 300); });
  }
  button.addEventListener("click", function () {
    if (video) return stop();
    note.textContent = note.getAttribute("data-aim");
    devices.getUserMedia({ video: { facingMode: "environment" } }).then(function (found) {
      stream = found;
      video = place.appendChild(document.createElement("video"));
      video.className = "scan";
      video.setAttribute("playsinline", "");
      video.muted = true;
      video.srcObject = found;
      video.play().then(look);
    }).catch(function () { stop(note.getAttribute("data-none")); });
  });
});
