package dev.tidemark.report;

/** How many bytes of the page one kind of content may still take, so that browsers open the page at once. */
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
