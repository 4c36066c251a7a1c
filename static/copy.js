// A button that copies what stands in a field. Without this file the field can be marked and copied.
(function () {
  "use strict";
  document.addEventListener("DOMContentLoaded", function () {
    for (const button of document.querySelectorAll("[data-copies]")) {
      const field = document.getElementById(button.dataset.copies);
      button.hidden = false;
      button.addEventListener("click", async function () {
        field.select();
        try {
          await navigator.clipboard.writeText(field.value);
        } catch {
          // No clipboard for this page: what is marked can be copied by hand.
          return;
        }
        button.querySelector("span").textContent = button.dataset.done;
      });
    }
  });
})();
