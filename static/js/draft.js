// Keeps what is typed in a form marked data-draft="key" on this device, until it is sent.
// Nothing leaves the phone; a private window or a full store simply keeps no draft.
// A text already sent comes back only when asked for: the sending may have failed on the way.
document.querySelectorAll("form[data-draft]").forEach(function (form) {
  var key = "draft:" + form.getAttribute("data-draft"), timer = 0;
  var note = document.querySelector("[data-draft-note]");
  var again = document.querySelector("[data-draft-again]");
  var fields = Array.prototype.filter.call(form.elements, function (field) {
    return field.name && /^(text|search|textarea|select-one|date|tel)$/.test(field.type);
  });
  function store(act) { try { return act(window.localStorage); } catch (refused) { return null; } }
  function values() {
    var found = {};
    fields.forEach(function (field) { found[field.name] = field.value; });
    return found;
  }
  var base = JSON.stringify(values());
  function kept() {
    try { return JSON.parse(store(function (place) { return place.getItem(key); })); } catch (broken) { return null; }
  }
  function keep(sent) {
    var text = JSON.stringify({ values: values(), base: base, sent: sent });
    store(function (place) { place.setItem(key, text); });
    if (note && !sent) {
      note.hidden = false;
      note.querySelector("time").textContent = new Date().toTimeString().slice(0, 5);
    }
  }
  function restore(draft) {
    fields.forEach(function (field) {
      if (typeof draft.values[field.name] === "string") field.value = draft.values[field.name];
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
    if (again) again.hidden = true;
  }
  var old = kept();
  var fresh = old && old.values && !form.querySelector("[aria-invalid]") && JSON.stringify(old.values) !== base;
  if (fresh && old.base === base && !old.sent) restore(old);
  else if (fresh && again && old.base === base) {
    again.hidden = false;
    again.addEventListener("click", function () { restore(old); });
  }
  form.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(keep, 800, false); });
  form.addEventListener("submit", function () { clearTimeout(timer); keep(true); });
});
