package dev.tidemark.model;

/**
 * Evidence that was not read, wholly or in part.
 *
 * @param path  below the host's evidence root (or as given on the command line where no host is known)
 * @param bytes how much of it was not read, or {@link #UNKNOWN}; {@link #NONE} if all that is there was read but it
 *              ends early, as a log does that is still written
 * @param why   a whole sentence: what was expected, what stood there, what was done
 */
public record Skipped(String path, long bytes, String why) {
    public static final long UNKNOWN = -1;
    public static final long NONE = 0;

    public Skipped(String path, String why) {
        this(path, UNKNOWN, why);
    }
}
