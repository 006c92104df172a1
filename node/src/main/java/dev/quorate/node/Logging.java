package dev.quorate.node;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.quorate.node.config.NodeConfig.Log;
import org.slf4j.LoggerFactory;

/**
 * How this process logs: to standard error, one event a line.
 *
 * <p>Logback finds this class by {@link java.util.ServiceLoader} and needs no file. A command of a
 * client logs warnings only; a node logs what its configuration says.
 */
public final class Logging extends ContextAwareBase implements Configurator {
  /** A message is cut after 2,000 characters, and a line break in it is no second line. */
  private static final String LINE =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z', UTC} %-5level %logger{0} - "
          + "%.-2000replace(%msg){'[\\r\\n]', ' '} %kvp%n%ex{12}";

  /** The noise of others below this level says nothing about a ledger. */
  private static final String[] LIBRARIES = {"io.netty", "io.vertx", "io.micrometer"};

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    install(context, new Log(Log.Level.WARN, Log.Format.TEXT));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** Logs from now on as a configuration says. */
  public static void configure(Log log) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      install(context, log);
    }
  }

  private static void install(LoggerContext context, Log log) {
    context.reset();
    var appender = new ConsoleAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setName("stderr");
    appender.setTarget("System.err");
    appender.setEncoder(encoder(context, log.format()));
    appender.start();
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(level(log.level()));
    root.addAppender(appender);
    for (var library : LIBRARIES) {
      var quiet = root.getLevel().isGreaterOrEqual(Level.WARN) ? root.getLevel() : Level.WARN;
      context.getLogger(library).setLevel(quiet);
    }
  }

  private static Encoder<ILoggingEvent> encoder(LoggerContext context, Log.Format format) {
    return switch (format) {
      case JSON -> {
        var json = new JsonEncoder();
        json.setContext(context);
        json.start();
        yield json;
      }
      case TEXT -> {
        var text = new PatternLayoutEncoder();
        text.setContext(context);
        text.setPattern(LINE);
        text.start();
        yield text;
      }
    };
  }

  private static Level level(Log.Level level) {
    return switch (level) {
      case ERROR -> Level.ERROR;
      case WARN -> Level.WARN;
      case INFO -> Level.INFO;
      case DEBUG -> Level.DEBUG;
      case TRACE -> Level.TRACE;
    };
  }
}
