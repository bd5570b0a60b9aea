package dev.tidemark.detect.content;

import java.util.Arrays;

/** Where a string stands in a file, in order; only the first of very many are kept. */
final class Hits {
    static final int MOST = 1_000;
    static final Hits NONE = new Hits(0);

    private final int most;
    private long[] places = new long[0];
    private int count;
    private boolean sorted = true;

    Hits(int most) {
        this.most = most;
    }

    /** Each place once; a longer match at the same place is the same. */
    void add(int offset, int length) {
        if (count >= most) {
            return;
        }
        if (count == places.length) {
            places = Arrays.copyOf(places, Math.max(8, count * 2));
        }
        places[count++] = (long) offset << Integer.SIZE | length;
        sorted = false;
    }

    /** True if there may be more places than were kept. */
    boolean full() {
        return count >= most && most > 0;
    }

    private void sort() {
        if (!sorted) {
            Arrays.sort(places, 0, count);
            int kept = 0;
            for (int i = 0; i < count; i++) {
                if (kept == 0 || places[i] >>> Integer.SIZE != places[kept - 1] >>> Integer.SIZE) {
                    places[kept++] = places[i];
                }
            }
            count = kept;
            sorted = true;
        }
    }

    int count() {
        sort();
        return count;
    }

    int offset(int i) {
        sort();
        return (int) (places[i] >>> Integer.SIZE);
    }

    int length(int i) {
        sort();
        return (int) places[i];
    }

    /** How many begin from {@code low} to {@code high}, both counted. */
    int within(long low, long high) {
        int within = 0;
        for (int i = 0; i < count(); i++) {
            within += offset(i) >= low && offset(i) <= high ? 1 : 0;
        }
        return within;
    }
}
