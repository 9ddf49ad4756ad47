// Keeps what is typed in a form marked data-draft="key" on this device, until it is sent.
// Nothing leaves the phone; a private window or a full store simply keeps no draft.
document.querySelectorAll("form[data-draft]").forEach(function (form) {
  var key = "draft:" + form.getAttribute("data-draft"), timer = 0;
  var note = document.querySelector("[data-draft-note]");
  var fields = Array.prototype.filter.call(form.elements, function (field) {
    return field.name && /^(text|search|textarea|select-one|date|tel)$/.test(field.type);
  });
  function store(act) { try { return act(window.localStorage); } catch (refused) { return null; } }
  function kept() {
    var text = store(function (place) { return place.getItem(key); });
    try { return JSON.parse(text) || null; } catch (broken) { return null; }
  }
  function keep() {
    var values = {};
    fields.forEach(function (field) { values[field.name] = field.value; });
    var text = JSON.stringify({ values: values, base: base });
    store(function (place) { place.setItem(key, text); });
    if (note) { note.hidden = false; note.querySelector("time").textContent = new Date().toTimeString().slice(0, 5); }
  }
  var base = form.getAttribute("data-draft-base") || "";
  var old = kept();
  if (old && old.base === base && !form.querySelector("[aria-invalid]")) {
    fields.forEach(function (field) {
      if (typeof old.values[field.name] === "string") field.value = old.values[field.name];
    });
    fields.forEach(function (field) { field.dispatchEvent(new Event("input", { bubbles: true })); });
  }
  form.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(keep, 800); });
  form.addEventListener("submit", function () { clearTimeout(timer); store(function (place) { place.removeItem(key); }); });
});
