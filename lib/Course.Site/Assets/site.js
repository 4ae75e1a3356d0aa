// Draws the charts of a page when they come near the viewport. Until then, and if drawing fails, the still picture is shown.
(() => {
  'use strict';

  const phone = 600, plot = 250, line = 20;
  const bottom = {
    orientation: 'h', font: { size: 12 }, xref: 'container', x: 0, xanchor: 'left', yref: 'container', y: 0, yanchor: 'bottom',
  };

  // Breaks the lines of a title at spaces. A tag around a line, such as <sup>…</sup>, is repeated around each part.
  function wrap(text, width, size) {
    return text.split(/<br\s*\/?>/i).flatMap(part => {
      const [, open = '', inner, close = ''] = part.match(/^(<\w+>)?(.*?)(<\/\w+>)?$/s);
      const most = width / (size * (open === '<sup>' ? 0.4 : 0.54));
      const lines = [];
      for (const word of inner.split(' ')) {
        const last = lines.at(-1);
        if (last !== undefined && last.length + word.length < most) lines.push(`${lines.pop()} ${word}`);
        else lines.push(word);
      }
      return lines.map(words => open + words + close);
    });
  }

  function titled(owner, width, size) {
    const title = typeof owner?.title === 'string' ? { text: owner.title } : owner?.title;
    const lines = title?.text ? wrap(title.text, width, size) : [];
    return { lines, title: { ...title, text: lines.join('<br>'), font: { ...title?.font, size } } };
  }

  // On a phone, titles wrap and the legend has its own rows below the axis. They make the chart higher, not the plot smaller.
  function narrow(layout, traces, width) {
    const head = titled(layout, width - 16, 16);
    const names = traces.filter(trace => trace.name && trace.showlegend !== false).map(trace => trace.name);
    const entry = 48 + 6.6 * Math.max(0, ...names.map(name => name.length));
    const rows = names.length > 1 && layout.showlegend !== false ? Math.ceil(names.length / Math.max(1, Math.floor(width / entry))) : 0;
    const below = titled(layout.xaxis, width - 70, 13);
    const margin = { l: 50, r: layout.yaxis2 ? 50 : 12, t: 24 + line * head.lines.length, b: 36 + 18 * below.lines.length + line * rows };
    return {
      ...layout,
      title: { ...head.title, x: 0, xref: 'container' },
      xaxis: { ...layout.xaxis, title: below.title },
      yaxis: { ...layout.yaxis, title: titled(layout.yaxis, plot, 13).title },
      ...(layout.yaxis2 && { yaxis2: { ...layout.yaxis2, title: titled(layout.yaxis2, plot, 13).title } }),
      legend: { ...layout.legend, ...bottom },
      margin,
      height: plot + margin.t + margin.b,
    };
  }

  // Figures have colours that are legible on light and dark; the page sets their width and the colour of text.
  function fit(layout, traces, width) {
    const ink = getComputedStyle(document.documentElement).getPropertyValue('--soft').trim();
    const fitted = { ...layout, autosize: true, height: layout.height || 450, font: { color: ink, ...layout.font } };
    delete fitted.width;
    return width < phone ? narrow(fitted, traces, width) : fitted;
  }

  // The height is reserved before drawing, so drawing moves no text.
  function reserve(chart) {
    const figure = JSON.parse(chart.querySelector('script').textContent);
    const layout = fit(figure.layout || {}, figure.data || [], chart.clientWidth);
    chart.style.height = `${layout.height}px`;
    chart.classList.add('reserved');
    return { chart, layout, traces: figure.data || [], config: figure.config };
  }

  async function draw({ chart, layout, traces, config }) {
    const still = chart.querySelector('.still');
    const stage = document.createElement('div');
    still.after(stage);
    try {
      const bar = chart.clientWidth < phone ? { displayModeBar: false } : {};
      await Plotly.newPlot(stage, traces, layout, { ...config, ...bar, responsive: true, displaylogo: false });
      still.hidden = true;
    } catch (error) {
      stage.remove();
      console.error(error);
    }
  }

  if (typeof Plotly === 'undefined') return;
  const reserved = new Map([...document.querySelectorAll('figure.chart')].map(chart => [chart, reserve(chart)]));
  const near = new IntersectionObserver(entries => {
    for (const entry of entries.filter(entry => entry.isIntersecting)) {
      near.unobserve(entry.target);
      draw(reserved.get(entry.target));
    }
  }, { rootMargin: '600px' });
  reserved.forEach((_, chart) => near.observe(chart));
})();
