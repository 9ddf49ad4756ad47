// Who answers for a minor is asked as soon as the year says so. Without script the answer to « Enregistrer » opens it.
document.querySelectorAll("details[data-minor]").forEach(function (group) {
  var form = group.closest("form"), opened = false;
  function year(typed, now) {
    var written = typed.match(/\d{4}/g), age = typed.match(/(\d{1,2})\s*ans/i);
    return written ? Number(written.pop()) : age ? now - age[1] : 0;
  }
  function filled() {
    return Array.prototype.some.call(group.querySelectorAll("input"), function (field) {
      return field.type === "radio" ? field.checked : field.value;
    });
  }
  function look() {
    var day = Number(form.registered_on.value.slice(0, 4)) || new Date().getFullYear();
    var born = year(form.birth_year.value, day);
    var minor = born > 0 && born <= day && day - born < Number(group.getAttribute("data-minor"));
    if (minor && !group.open) group.open = opened = true;
    else if (!minor && opened && !filled()) group.open = opened = false;
  }
  form.birth_year.addEventListener("input", look);
  form.registered_on.addEventListener("input", look);
  look();
});
