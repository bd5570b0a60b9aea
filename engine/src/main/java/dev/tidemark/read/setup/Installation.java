package dev.tidemark.read.setup;

import dev.tidemark.model.Place;
import dev.tidemark.read.RecordSink;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Follows one run of setup after the other. A build counts as installed when its run says that it was completed, and
 * the run was one that installs: preparing Active Directory copies no program.
 */
final class Installation {
    private static final Pattern VERSION = Pattern.compile("Setup version: (\\d+\\.\\d+\\.\\d+\\.\\d+)\\.?");
    private static final Pattern MODE = Pattern.compile("Command Line Parameter Name='([^']{1,60})', Value='([^']{0,60})'.*");

    private final String path;
    private final RecordSink sink;
    private String version = "";
    private boolean installs = true;

    Installation(String path, RecordSink sink) {
        this.path = path;
        this.sink = sink;
    }

    void take(SetupRecord record) {
        String message = record.message();
        if (message.startsWith("Starting Microsoft Exchange Server")) {
            version = "";
            installs = true;
        } else if (message.startsWith("Setup version: ")) {
            Matcher m = VERSION.matcher(message);
            version = m.matches() ? m.group(1) : "";
        } else if (message.startsWith("Command Line Parameter")) {
            Matcher m = MODE.matcher(message);
            if (m.matches()) {
                option(m.group(1), m.group(2));
            }
        } else if (message.startsWith("The Exchange Server setup operation completed successfully")) {
            if (installs && !version.isEmpty()) {
                sink.observed(RecordSink.SETUP_BUILD, version, record.time().orElseThrow(),
                        Place.ofLine(path, record.line()));
            }
            version = "";
        }
    }

    private void option(String name, String value) {
        boolean prepares = name.toLowerCase(java.util.Locale.ROOT).startsWith("prepare");
        boolean removes = name.equalsIgnoreCase("mode") && value.equalsIgnoreCase("Uninstall");
        installs &= !prepares && !removes;
    }
}
