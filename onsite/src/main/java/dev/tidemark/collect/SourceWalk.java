package dev.tidemark.collect;

import dev.tidemark.acquire.EvidenceNames;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds the files of a source without opening one. Links are not followed, as a scan does not follow them. */
final class SourceWalk {
    private static final int DEEPEST = 512;

    private final Steps steps;
    private final List<SourceFile> files = new ArrayList<>();
    private final List<Left> left = new ArrayList<>();

    SourceWalk(Steps steps) {
        this.steps = steps;
    }

    /** @param prefix stands before every path: empty, or as in {@code D/} */
    void walk(Path root, String prefix) {
        folder(root, root, prefix, 0);
    }

    private void folder(Path root, Path folder, String prefix, int depth) {
        if (depth > DEEPEST) {
            left.add(new Left(prefix, -1, "lies more than " + DEEPEST + " folders deep"));
            return;
        }
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> listing = Files.newDirectoryStream(folder)) {
            listing.forEach(children::add);
        } catch (IOException | DirectoryIteratorException | SecurityException e) {
            left.add(new Left(prefix.isEmpty() ? "." : prefix, -1, "the folder could not be listed: " + reason(e)));
        }
        for (Path child : children) {
            child(root, child, prefix + EvidenceNames.ofDisk(child.getFileName().toString()), depth);
        }
    }

    private void child(Path root, Path child, String path, int depth) {
        BasicFileAttributes a;
        try {
            a = Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException | SecurityException e) {
            left.add(new Left(path, -1, "cannot be read: " + reason(e)));
            return;
        }
        boolean plain = a.isRegularFile() || a.isOther() && !a.isDirectory()
                && child.getFileSystem().getSeparator().equals("\\");
        if (a.isDirectory() && !a.isOther()) {
            if (!steps.leaves(path)) {
                folder(root, child, path + "/", depth + 1);
            }
        } else if (plain) {
            files.add(new SourceFile(path, child, root.relativize(child), steps.of(path, a.size()), a.size(),
                    a.lastModifiedTime().toInstant(), a.creationTime().toInstant(), a.lastAccessTime().toInstant()));
        } else {
            left.add(new Left(path, 0, "is a link, a mount point or a device; it was not opened"));
        }
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** By step, the newest first. */
    List<SourceFile> files() {
        files.sort(Comparator.comparingInt(SourceFile::step).thenComparing(SourceFile::modified, Comparator.reverseOrder())
                .thenComparing(SourceFile::path));
        return List.copyOf(files);
    }

    List<Left> left() {
        return List.copyOf(left);
    }
}
