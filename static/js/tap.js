// Attendance: each tap is saved at once, with ten seconds to take it back.
// Without script, or when the machine does not answer, the button below saves all the answers.
document.querySelectorAll("form[data-tap]").forEach(function (form) {
  if (!window.fetch || !window.URLSearchParams) return;
  var before = {}, toast = null, timer = 0;
  var token = form.querySelector("[name=csrf_token]");
  form.querySelectorAll("input[type=radio]:checked").forEach(function (input) { before[input.name] = input; });

  function send(name, value) {
    var body = new URLSearchParams();
    body.append("csrf_token", token ? token.value : "");
    body.append(name, value);
    return fetch(form.action, {
      method: "POST", body: body, credentials: "same-origin", redirect: "manual",
      headers: { "X-Requested-With": "tap" }
    }).then(function (answer) { if (!answer.ok && answer.type !== "opaqueredirect") throw answer; });
  }
  function count() {
    var note = document.querySelector("[data-answered]");
    if (!note) return;
    var done = form.querySelectorAll("input[type=radio]:checked").length;
    note.textContent = note.getAttribute(done < 2 ? "data-one" : "data-many").replace("#", done);
    var bar = document.querySelector("[data-answered-bar] rect");
    if (bar) bar.setAttribute("width", done * 100 / Number(note.getAttribute("data-answered")) + "%");
  }
  function hide() { if (toast) { toast.remove(); toast = null; } }
  function say(text, undo) {
    hide();
    toast = document.createElement("div");
    toast.className = "toast";
    toast.setAttribute("role", "status");
    toast.appendChild(document.createElement("span")).textContent = text;
    if (undo) {
      var button = toast.appendChild(document.createElement("button"));
      button.type = "button"; button.className = "btn"; button.textContent = form.getAttribute("data-tap");
      button.addEventListener("click", undo);
    }
    document.body.appendChild(toast);
    clearTimeout(timer);
    timer = setTimeout(hide, 10000);
  }
  form.addEventListener("change", function (event) {
    var input = event.target;
    if (input.type !== "radio") return;
    var old = before[input.name];
    var who = input.closest("fieldset").querySelector("legend").textContent;
    var what = input.parentNode.textContent.trim();
    before[input.name] = input;
    count();
    send(input.name, input.value).then(function () {
      say(who + "\u00a0: " + what, function () {
        input.checked = false;
        if (old) old.checked = true;
        before[input.name] = old;
        count(); hide();
        send(input.name, old ? old.value : "").catch(function () { say(form.getAttribute("data-kept")); });
      });
    }).catch(function () { say(form.getAttribute("data-kept")); });
  });
});
