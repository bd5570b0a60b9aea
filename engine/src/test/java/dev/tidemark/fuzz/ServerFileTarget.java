package dev.tidemark.fuzz;

import dev.tidemark.bytes.LineFilter;
import dev.tidemark.read.LogReader;
import dev.tidemark.read.iisconfig.IisConfigReader;
import dev.tidemark.read.manifest.ManifestReader;
import dev.tidemark.read.ntfs.LogFileReader;
import dev.tidemark.read.ntfs.MftReader;
import dev.tidemark.read.ntfs.UsnReader;
import dev.tidemark.read.pe.ProgramReader;
import dev.tidemark.read.registry.RegistryReader;
import dev.tidemark.read.setup.SetupLogReader;
import dev.tidemark.testing.MadeHive;
import dev.tidemark.testing.MadeJournal;
import dev.tidemark.testing.MadeLog;
import dev.tidemark.testing.MadeTable;
import dev.tidemark.testing.Programs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A server's files that are no log of requests: the first byte chooses the reader, the others are the file. */
final class ServerFileTarget {
    private static final List<LogReader> READERS = List.of(new ProgramReader(), new IisConfigReader(), new SetupLogReader(),
            new ManifestReader(), new RegistryReader(), new MftReader(), new UsnReader(), new LogFileReader());

    private ServerFileTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        LogReader reader = READERS.get((input[0] & 0xFF) % READERS.size());
        Dumps read = Dumps.written();
        try {
            reader.read(new ByteArrayInputStream(input, 1, input.length - 1), "made", LineFilter.ALL, read);
        } catch (IOException e) {
            throw new AssertionError("the stream is sound", e);
        }
        read.check();
    }

    static List<byte[]> seeds() {
        String config = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<configuration><system.webServer><handlers>"
                + "<add name=\"png\" path=\"*.png\" type=\"A &amp; B\" /></handlers><rewrite><rules><rule name=\"r\">"
                + "<match url=\".*\" /></rule></rules></rewrite></system.webServer><location path=\"a/b\"><x y='&#65;'/>"
                + "<!-- c --><![CDATA[d]]></location></configuration>";
        String setup = "[03/05/2021 20:00:00.0500] [0] Starting Microsoft Exchange Server Setup\n"
                + "[03/05/2021 20:00:01.0500] [0] Setup version: 15.1.2176.2.\n"
                + "[03/05/2021 20:00:02.0500] [0] Command Line Parameter Name='mode', Value='Upgrade'.\n"
                + "[03/05/2021 20:10:00.0500] [0] The Exchange Server setup operation completed successfully.\n";
        String manifest = "{\"tool\":\"tidemark\",\"files\":[{\"path\":\"C/a.log\",\"size\":1,\"sha256\":\"" + "0".repeat(64)
                + "\",\"modified\":\"2021-03-02T00:00:00Z\"}],\"left\":[{\"path\":\"b\",\"why\":\"locked\",\"bytes\":2}]}";
        String time = "2021-03-03T04:05:06Z";
        byte[] hive = new MadeHive().lists("ri").key("Microsoft\\ExchangeServer\\v15\\Setup", time)
                .text("OwaVersion", "15.1.2176.9").number("MsiProductMajor", 15)
                .key("Microsoft\\Windows\\CurrentVersion\\Run", time).text("a", "C:\\x.exe").value("b", 7, new byte[6]).bytes();
        MadeTable table = new MadeTable();
        table.add(new MadeTable.Record("status.aspx").in(table.folders("inetpub\\wwwroot"), 1).at("2021-03-03T04:05:06.1234567Z")
                .content("inert"));
        byte[] journal = new MadeJournal().created(time, 40, 39, "a.aspx").renamed(time, 41, 39, "b.txt", "b.aspx")
                .deleted(time, 40, 39, "a.aspx").bytes();
        return List.of(chosen(4, hive), chosen(5, table.bytes()), chosen(6, journal), chosen(0, Programs.version("15.1.2176.2")), chosen(1, config.getBytes(StandardCharsets.UTF_8)),
                chosen(1, ("\uFEFF" + config).getBytes(StandardCharsets.UTF_16LE)),
                chosen(7, new MadeLog(2).created(time, 40, 39, "a.aspx").renamed(time, 41, 39, "b.txt", "b.aspx").other(5_000)
                        .deleted(time, 40, 39, "a.aspx").bytes()),
                chosen(2, setup.getBytes(StandardCharsets.UTF_8)), chosen(3, manifest.getBytes(StandardCharsets.UTF_8)));
    }

    static List<byte[]> real(Path shared) {
        return RealFiles.none(shared);
    }

    private static byte[] chosen(int reader, byte[] file) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(reader);
        out.writeBytes(Arrays.copyOf(file, file.length));
        return out.toByteArray();
    }
}
