// Who may already be registered, shown as the name is typed. Without script it is shown at « Enregistrer ».
document.querySelectorAll("[data-alike]").forEach(function (place) {
  var form = place.closest("form"), timer = 0, turn = 0;
  if (!form || !window.fetch || !window.FormData) return;
  function ask() {
    var mine = turn += 1, name = form.given_name.value + " " + form.family_name.value;
    if (name.trim().split(/\s+/).length < 2) { place.hidden = true; return; }
    fetch(place.getAttribute("data-alike"), {
      method: "POST", body: new FormData(form), credentials: "same-origin", redirect: "error"
    }).then(function (answer) { return answer.status === 200 ? answer.text() : ""; }).then(function (text) {
      if (mine !== turn) return;
      if (place.innerHTML !== text) place.innerHTML = text;
      place.hidden = !text;
    }).catch(function () { place.hidden = true; });
  }
  form.addEventListener("input", function (event) {
    if (!/^(given_name|family_name|birth_year|phone|village)$/.test(event.target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(ask, 400);
  });
});
