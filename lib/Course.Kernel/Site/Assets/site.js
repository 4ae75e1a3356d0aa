// Draws the charts of a page once they come near the window. Until then, and where anything fails, the still picture stays.
(() => {
  'use strict';

  // Figures bring colours that read on light and dark; a page only gives them its own width.
  function fit(layout) {
    const fitted = { ...layout, autosize: true };
    delete fitted.width;
    if (window.innerWidth < 600) {
      fitted.margin = { ...layout.margin, l: 52, r: 12 };
    }
    return fitted;
  }

  async function draw(chart) {
    const still = chart.querySelector('.still');
    const figure = JSON.parse(chart.querySelector('script').textContent);
    const layout = figure.layout || {};
    const stage = document.createElement('div');
    stage.style.height = `${layout.height || Math.max(360, still.clientHeight)}px`;
    still.after(stage);
    try {
      await Plotly.newPlot(stage, figure.data || [], fit(layout), { ...figure.config, responsive: true, displaylogo: false });
      still.hidden = true;
    } catch (error) {
      stage.remove();
      console.error(error);
    }
  }

  if (typeof Plotly === 'undefined') return;
  const near = new IntersectionObserver(entries => {
    for (const entry of entries.filter(entry => entry.isIntersecting)) {
      near.unobserve(entry.target);
      draw(entry.target);
    }
  }, { rootMargin: '600px' });
  document.querySelectorAll('figure.chart').forEach(chart => near.observe(chart));
})();
