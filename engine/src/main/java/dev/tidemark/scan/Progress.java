package dev.tidemark.scan;

/** Told how far a run is, from any thread. */
public interface Progress {
    Progress NONE = new Progress() {
        @Override
        public void found(long bytes) {}

        @Override
        public void done(String path, long bytes) {}
    };

    /** A file was found that is to be read. @param bytes as stated; 0 if nobody knows */
    void found(long bytes);

    void done(String path, long bytes);
}
