package dev.tidemark.report;

/** How many bytes one kind of content may still take of the page, so that a page stays one that browsers open at once. */
final class Room {
    private long left;

    Room(long bytes) {
        this.left = bytes;
    }

    /** Takes the bytes if they are there. Once refused, what is smaller may still fit. */
    boolean take(long bytes) {
        if (bytes > left) {
            return false;
        }
        left -= bytes;
        return true;
    }

    long left() {
        return left;
    }
}
