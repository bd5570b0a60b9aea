package dev.tidemark.collect;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/** Bundles in the age format: anybody who has the recipient's identity opens them, also with the program age itself. */
public final class Encryption {
    private static final String HEAD = "age-encryption.org/v1\n";

    private Encryption() {}

    /** True if the file is encrypted. */
    public static boolean encrypted(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(HEAD.length()), StandardCharsets.US_ASCII).equals(HEAD);
        } catch (IOException e) {
            // whoever reads it meets the same error and reports it
            return false;
        }
    }

    /** @param recipient {@code age1…}, an X25519 public key */
    static WritableByteChannel to(WritableByteChannel out, String recipient) throws IOException, CollectException {
        try {
            return new StandardEncryptingChannelFactory().newEncryptingChannel(out,
                    List.of(X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient.strip())));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new CollectException("'" + recipient + "' is no recipient of age; it begins with age1 and is made with"
                    + " age-keygen");
        }
    }

    /**
     * Decrypts a file.
     *
     * @param identities a file of age-keygen: a line {@code AGE-SECRET-KEY-1…}, others with {@code #} in front
     * @param out        a file that is not there yet
     * @throws CollectException if no identity opens it, or it was changed
     */
    public static void decrypt(Path file, Path identities, Path out) throws IOException, CollectException {
        List<RecipientStanzaReader> readers = readers(identities);
        try (ReadableByteChannel in = Files.newByteChannel(file, StandardOpenOption.READ);
                ReadableByteChannel plain = new StandardDecryptingChannelFactory().newDecryptingChannel(in, readers);
                OutputStream target = Files.newOutputStream(out, StandardOpenOption.CREATE_NEW)) {
            Channels.newInputStream(plain).transferTo(target);
        } catch (GeneralSecurityException e) {
            throw new CollectException(file + " cannot be decrypted with the identity in " + identities + ": " + reason(e));
        } catch (IOException e) {
            // what was written before a block that is not sound may not be taken for the bundle
            Files.deleteIfExists(out);
            throw e;
        }
    }

    private static List<RecipientStanzaReader> readers(Path identities) throws IOException, CollectException {
        List<RecipientStanzaReader> readers = new ArrayList<>();
        for (String line : Files.readAllLines(identities)) {
            if (line.startsWith("AGE-SECRET-KEY-1")) {
                try {
                    readers.add(X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(line.strip()));
                } catch (GeneralSecurityException | IllegalArgumentException e) {
                    throw new CollectException(identities + " holds a line that begins like an identity of age and is none");
                }
            }
        }
        if (readers.isEmpty()) {
            throw new CollectException(identities + " holds no identity of age (a line that begins with AGE-SECRET-KEY-1)");
        }
        return readers;
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
