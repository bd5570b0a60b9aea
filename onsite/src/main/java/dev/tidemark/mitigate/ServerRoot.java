package dev.tidemark.mitigate;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * A drive {@code C:} of a server, live or mounted, or a folder that holds its drives by letter. Names are found in any
 * case, as Windows would.
 */
final class ServerRoot {
    private final Path root;
    private final boolean byLetter;

    private ServerRoot(Path root, boolean byLetter) {
        this.root = root;
        this.byLetter = byLetter;
    }

    /** @throws Refusal if there is no configuration of IIS below it */
    static ServerRoot of(Path root) throws Refusal {
        for (boolean byLetter : new boolean[] {false, true}) {
            ServerRoot candidate = new ServerRoot(root, byLetter);
            if (candidate.find("c:/windows/system32/inetsrv/config/applicationhost.config").isPresent()) {
                return candidate;
            }
        }
        throw new Refusal("there is no Windows/System32/inetsrv/config/applicationHost.config below " + root
                + ": give the server's drive C:, live or mounted");
    }

    Path path() {
        return root;
    }

    /** The file or folder with that name on its server, {@code c:/inetpub}; empty if it is not there. */
    Optional<Path> find(String windowsPath) {
        Optional<Path> drive = drive(windowsPath);
        Path at = drive.orElse(null);
        if (at == null) {
            return Optional.empty();
        }
        for (String name : windowsPath.substring(2).split("/")) {
            if (name.isEmpty()) {
                continue;
            }
            Optional<Path> next = child(at, name);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            at = next.get();
        }
        return Optional.of(at);
    }

    /**
     * @throws Refusal if the file lies elsewhere, because it or a folder above it is a link: whoever was on the server can
     *                 have made it
     */
    void requireInside(Path file) throws Refusal {
        try {
            Path real = Files.exists(file) ? file.toRealPath()
                    : file.getParent().toRealPath().resolve(file.getFileName());
            if (!real.startsWith(root.toRealPath()) || Files.isSymbolicLink(file)) {
                throw new Refusal(file + " is or lies behind a link to " + real);
            }
        } catch (IOException e) {
            throw new Refusal("cannot find out where " + file + " lies: " + e.getMessage());
        }
    }

    private Optional<Path> drive(String windowsPath) {
        if (windowsPath.length() < 2 || windowsPath.charAt(1) != ':') {
            return Optional.empty();
        }
        if (byLetter) {
            return child(root, windowsPath.substring(0, 1));
        }
        return windowsPath.charAt(0) == 'c' ? Optional.of(root) : Optional.empty();
    }

    private static Optional<Path> child(Path folder, String name) {
        if (name.equals(".") || name.equals("..") || name.indexOf('\\') >= 0) {
            return Optional.empty();
        }
        Path exact = folder.resolve(name);
        if (Files.exists(exact)) {
            return Optional.of(exact);
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path each : children) {
                if (each.getFileName().toString().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
                    return Optional.of(each);
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
