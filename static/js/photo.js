// Makes a chosen photo smaller before it leaves the phone, in fields marked data-reduce="longest side".
// A browser that cannot sends the file as it is: the machine makes it smaller all the same.
document.querySelectorAll("input[type=file][data-reduce]").forEach(function (field) {
  var most = Number(field.getAttribute("data-reduce")), mine = false;
  field.addEventListener("change", function () {
    var file = field.files[0];
    if (mine || !file || file.size < 300000 || !window.createImageBitmap || !window.DataTransfer) return;
    createImageBitmap(file, { imageOrientation: "from-image" }).then(function (picture) {
      var share = Math.min(1, most / Math.max(picture.width, picture.height));
      var sheet = document.createElement("canvas");
      sheet.width = Math.round(picture.width * share);
      sheet.height = Math.round(picture.height * share);
      sheet.getContext("2d").drawImage(picture, 0, 0, sheet.width, sheet.height);
      sheet.toBlob(function (blob) {
        if (!blob || blob.size >= file.size || field.files[0] !== file) return;
        var carrier = new DataTransfer();
        carrier.items.add(new File([blob], "photo.jpg", { type: "image/jpeg" }));
        mine = true;
        field.files = carrier.files;
        mine = false;
      }, "image/jpeg", 0.85);
    }).catch(function () {});
  });
});
