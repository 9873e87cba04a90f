// A cross-hair through all panels; the page is complete without it.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const days = data.days;
  if (!days.length) return;
  const plots = [...document.querySelectorAll(".plot")];
  const outputs = data.panels.map((series, i) => {
    const legend = plots[i].parentElement.querySelector(".legend");
    return series.map((one) => [...legend.children].find((item) => item.dataset.name === one.name).querySelector("output"));
  });
  const label = document.body.appendChild(Object.assign(document.createElement("div"), { id: "day" }));
  const show = {
    percent: (v) => (100 * v).toFixed(1) + "%",
    money: (v) => v.toLocaleString("en", { maximumFractionDigits: 0 }),
    number: (v) => v.toLocaleString("en", { maximumFractionDigits: 2 }),
  };
  const nearest = (share) => {
    const wanted = days[0] + share * (days[days.length - 1] - days[0]);
    let low = 0, high = days.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (days[middle] < wanted) low = middle + 1; else high = middle;
    }
    return low > 0 && wanted - days[low - 1] < days[low] - wanted ? low - 1 : low;
  };
  const move = (event) => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = nearest(Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)));
    const share = (days[at] - days[0]) / (days[days.length - 1] - days[0] || 1);
    data.panels.forEach((series, i) => {
      const hair = plots[i].querySelector(".hair");
      hair.style.display = "block";
      hair.style.left = 100 * share + "%";
      series.forEach((one, j) => { outputs[i][j].textContent = one.values[at] === null ? "" : show[one.unit](one.values[at]); });
    });
    label.textContent = new Date(86400000 * days[at]).toISOString().slice(0, 10);
    label.style.display = "block";
    label.style.left = box.left + share * box.width + "px";
    label.style.top = box.top + "px";
  };
  const leave = () => {
    label.style.display = "none";
    plots.forEach((plot) => { plot.querySelector(".hair").style.display = "none"; });
    outputs.flat().forEach((output) => { output.textContent = ""; });
  };
  plots.forEach((plot) => {
    plot.addEventListener("pointermove", move);
    plot.addEventListener("pointerleave", leave);
  });
})();
