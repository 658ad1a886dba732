//! The places where a key with a given hash can be: CPython's, so that iteration has CPython's order.

/// How many neighbours are looked at before the probe jumps.
const NEIGHBOURS: usize = 9;
/// How many bits of the hash each jump brings in.
const PERTURB_SHIFT: u32 = 5;

/// An endless walk that reaches every place.
#[derive(Clone, Debug)]
pub(super) struct Probe {
    mask: usize,
    base: usize,
    step: usize,
    perturb: u64,
}

impl Probe {
    #[inline]
    pub(super) fn new(mask: usize, hash: u64) -> Self {
        Self {
            mask,
            base: hash as usize & mask,
            step: 0,
            perturb: hash,
        }
    }

    fn jump(&mut self) {
        self.perturb >>= PERTURB_SHIFT;
        let next = self.base.wrapping_mul(5).wrapping_add(1);
        self.base = next.wrapping_add(self.perturb as usize) & self.mask;
        self.step = 0;
    }
}

impl Iterator for Probe {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        let place = self.base + self.step;
        let has_neighbours = self.base + NEIGHBOURS <= self.mask;
        if has_neighbours && self.step < NEIGHBOURS {
            self.step += 1;
        } else {
            self.jump();
        }
        Some(place)
    }
}

#[cfg(test)]
mod tests {
    use super::Probe;

    #[test]
    fn a_probe_reaches_every_place_and_no_other() {
        for mask in [7, 31, 127] {
            for hash in [0, 6, u64::MAX, 1 << 40] {
                let mut seen = vec![false; mask + 1];
                for place in Probe::new(mask, hash).take(50 * (mask + 1)) {
                    seen[place] = true;
                }
                assert!(seen.iter().all(|&seen| seen), "{mask} {hash}");
            }
        }
    }
}
