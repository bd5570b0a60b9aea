package dev.tidemark.posture;

import dev.tidemark.model.Place;
import java.time.Instant;
import java.util.Optional;

/**
 * A configuration of IIS in the evidence.
 *
 * @param windowsPath where it lay on its server: lower case, {@code /} between names, with the drive if it is known,
 *                    {@code c:/inetpub/wwwroot/web.config}
 * @param written     when the file was last written
 * @param xml         what of it bears on who may come in
 */
public record ConfigFile(String windowsPath, Place place, Optional<Instant> written, String xml) {
    /** True if it is the file of the server or of this folder, {@code c:/inetpub/wwwroot}; drives may be unknown. */
    boolean liesIn(String folder) {
        String lies = windowsPath.substring(0, Math.max(0, windowsPath.lastIndexOf('/')));
        return lies.equals(folder) || lies.indexOf(':') < 0 && folder.length() > 3 && lies.equals(folder.substring(3));
    }

    boolean isServers() {
        return windowsPath.endsWith("applicationhost.config") && !windowsPath.contains("/history/");
    }
}
