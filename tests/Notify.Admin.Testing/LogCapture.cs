using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Notify.Admin.Testing;

/// <summary>Keeps every log line of the program under test, at every level that its configuration lets through, for a test to
/// search.</summary>
public sealed class LogCapture : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    /// <summary>The configuration that lets every level from Debug on through; the product's own settings keep the framework
    /// quiet.</summary>
    public static IReadOnlyDictionary<string, string> Everything { get; } = new[]
    {
        "Default", "Microsoft.AspNetCore", "Microsoft.AspNetCore.DataProtection", "Microsoft.EntityFrameworkCore",
            "Microsoft.Hosting.Lifetime", "System.Net.Http",
    }.ToDictionary(category => $"Logging:LogLevel:{category}", _ => "Debug");

    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>True keeps scopes as lines too.</summary>
    public bool WithScopes { get; set; }

    public ILogger CreateLogger(string categoryName) => new Capture(categoryName, this);

    public void Dispose()
    {
    }

    private sealed class Capture(string category, LogCapture capture) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            if (capture.WithScopes)
            {
                capture._lines.Enqueue($"Scope {category}: {state} {(state is IEnumerable<KeyValuePair<string, object?>> values ? string.Join(' ', values) : "")}");
            }

            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?,
            string> formatter) =>
            capture._lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)} {exception}");
    }
}
