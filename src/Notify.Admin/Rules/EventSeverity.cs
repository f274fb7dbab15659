namespace Notify.Admin.Rules;

/// <summary>How urgent an event is, as a rank from 0 (not stated) to 5 (critical), in the order of the product's severities.</summary>
public static class EventSeverity
{
    public const int NotStated = 0;
    public const int Informative = 1;
    public const int Low = 2;
    public const int Medium = 3;
    public const int High = 4;
    public const int Critical = 5;

    /// <summary>The rank of any event. Alert types are judged by the level in their own fields, finished scans by their average
    /// threat, and what says neither by the word of its source.</summary>
    /// <param name="type">CloudEvents <c>type</c>.</param>
    /// <param name="avgThreat"><c>avgThreat</c> of a finished scan, else null.</param>
    /// <param name="word">The event's own <c>severity</c> or <c>priority</c>, else null.</param>
    public static int Of(string type, in AlertFacts facts, string? avgThreat, string? word = null)
    {
        var rank = type switch
        {
            "scan.completed" or "scan.aborted" => OfThreat(avgThreat),
            _ => Of(facts),
        };
        return rank == NotStated ? OfWord(word) : rank;
    }

    /// <summary>The rank of a security alert; not stated when it is not of a known alert type.</summary>
    public static int Of(in AlertFacts facts)
    {
        if (facts.AlertType is not { } alertType)
        {
            return NotStated;
        }

        var rank = alertType.BaseSeverity;
        foreach (var key in alertType.Keys)
        {
            if (facts[key.Name] is { } text && key.Find(text)?.Severity is { } severity)
            {
                rank = Math.Max(rank, severity);
            }
        }

        return rank;
    }

    /// <summary>The rank of what other programs call a severity or a priority: syslog's and Falco's words, CVSS's, and P1 to P5.</summary>
    public static int OfWord(string? word) => word?.Trim().ToLowerInvariant() switch
    {
        "critical" or "crit" or "emergency" or "emerg" or "alert" or "fatal" or "serious" or "p1" => Critical,
        "high" or "error" or "err" or "major" or "important" or "p2" => High,
        "medium" or "moderate" or "warning" or "warn" or "p3" => Medium,
        "low" or "minor" or "notice" or "p4" => Low,
        "informative" or "informational" or "info" or "debug" or "trace" or "p5" => Informative,
        _ => NotStated,
    };

    private static int OfThreat(string? avgThreat) => avgThreat switch
    {
        "High" => High,
        "Medium" => Medium,
        "Low" => Low,
        "Informative" => Informative,
        _ => NotStated,
    };
}
