// Begins a timeline when it comes near, and shows what a link leads to.
const timelines = new Map();

function begin(box) {
  if (!timelines.has(box)) timelines.set(box, new Timeline(box));
  return timelines.get(box);
}

/** A link into the page shows its target even where a filter or a fold hides it. */
function reveal() {
  const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  if (!target) return;
  if (target.hidden) begin(target.closest('section').querySelector('.timeline')).reset();
  const more = target.nextElementSibling;
  if (target.matches('tr.row') && more) {
    const record = more.querySelector('details');
    if (record) record.open = true;
  }
  target.scrollIntoView();
}

document.documentElement.classList.add('js');
const seen = new IntersectionObserver(entries => {
  for (const entry of entries) {
    if (entry.isIntersecting) {
      seen.unobserve(entry.target);
      begin(entry.target);
    }
  }
}, {rootMargin: '600px'});
document.querySelectorAll('.timeline:has(form)').forEach(box => seen.observe(box));
document.addEventListener('click', event => {
  const fold = event.target.dataset && event.target.dataset.do;
  if (fold === 'unfold' || fold === 'fold') {
    event.target.closest('section').querySelectorAll('tr.more details')
      .forEach(record => { record.open = fold === 'unfold'; });
  }
});
addEventListener('hashchange', reveal);
if (location.hash) reveal();
