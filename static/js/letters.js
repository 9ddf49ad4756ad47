// The four letters of Bambara that phone keyboards lack, put where the cursor stands.
document.querySelectorAll("[data-letters]").forEach(function (keys) {
  var field = document.getElementById(keys.getAttribute("data-letters"));
  if (!field || !field.setRangeText) return;
  keys.hidden = false;
  keys.addEventListener("click", function (event) {
    var key = event.target.closest("button");
    if (!key) return;
    field.focus();
    field.setRangeText(key.textContent, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
});
