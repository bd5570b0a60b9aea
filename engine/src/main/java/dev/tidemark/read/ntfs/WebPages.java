package dev.tidemark.read.ntfs;

import dev.tidemark.bytes.WindowsTime;
import dev.tidemark.read.ProductPages;
import java.util.Arrays;

/**
 * The server pages of a drive by the time at which they got their names. Setup and updates lay many pages within minutes;
 * an intruder lays one.
 */
final class WebPages {
    private static final long TEN_MINUTES = 6_000_000_000L;

    /**
     * @param product       {@code true}, {@code false} or empty, as {@link ProductPages#ships} says
     * @param atOnce        pages that came within ten minutes, itself included
     * @param productAtOnce those of them that the product ships, or may ship
     */
    record Page(String product, int atOnce, int productAtOnce) {}

    private final ProductPages products;
    private long[] all = new long[256];
    private int count;
    private long[] ofProduct = new long[256];
    private int ofProductCount;
    private boolean sorted;

    WebPages(ProductPages products) {
        this.products = products;
    }

    void add(NtfsPath path, long ticks) {
        if (!WindowsTime.known(ticks)) {
            return;
        }
        sorted = false;
        all = count == all.length ? Arrays.copyOf(all, 2 * count) : all;
        all[count++] = ticks;
        if (!products.ships(path.server()).equals("false")) {
            ofProduct = ofProductCount == ofProduct.length ? Arrays.copyOf(ofProduct, 2 * ofProductCount) : ofProduct;
            ofProduct[ofProductCount++] = ticks;
        }
    }

    Page page(NtfsPath path, long ticks) {
        if (!sorted) {
            Arrays.sort(all, 0, count);
            Arrays.sort(ofProduct, 0, ofProductCount);
            sorted = true;
        }
        return new Page(products.ships(path.server()), within(all, count, ticks),
                within(ofProduct, ofProductCount, ticks));
    }

    private static int within(long[] times, int count, long ticks) {
        return at(times, count, ticks + TEN_MINUTES + 1) - at(times, count, ticks - TEN_MINUTES);
    }

    /** How many lie before {@code ticks}. */
    private static int at(long[] times, int count, long ticks) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] < ticks) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
