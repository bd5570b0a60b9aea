package dev.tidemark.cli;

import dev.tidemark.scan.Progress;
import java.io.Closeable;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar with rate and time left, on a terminal only. */
final class Bar implements Progress, Closeable {
    private static final long MIB = 1L << 20;

    private final ProgressBar bar;
    private final AtomicLong found = new AtomicLong();

    Bar() {
        this("Scanning");
    }

    /** @param task what is done, in one word */
    Bar(String task) {
        bar = new ProgressBarBuilder().setTaskName(task).setUnit(" MiB", MIB).showSpeed()
                .setStyle(ProgressBarStyle.ASCII).setUpdateIntervalMillis(200).setInitialMax(0).clearDisplayOnFinish()
                .build();
    }

    /** Since Java 22 there is a console even without a terminal, and it says which it is. */
    static boolean terminal() {
        java.io.Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    @Override
    public void found(long bytes) {
        bar.maxHint(found.addAndGet(bytes));
    }

    @Override
    public void done(String path, long bytes) {
        bar.stepBy(bytes);
    }

    @Override
    public void close() {
        bar.close();
    }
}
