// Figures of benchmarks: what stands for many of them, and how they are written.

export function median(list) {
  return percentile(list, 0.5);
}

export function percentile(list, share) {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)];
}

export function number(value) {
  return value.toLocaleString('en-GB');
}
