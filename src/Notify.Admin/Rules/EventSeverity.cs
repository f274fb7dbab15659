namespace Notify.Admin.Rules;

/// <summary>How urgent an event is, as a rank from 0 (informative) to 4 (critical), in the order of the product's severities.</summary>
public static class EventSeverity
{
    public const int Informative = 0;
    public const int Low = 1;
    public const int Medium = 2;
    public const int High = 3;
    public const int Critical = 4;

    /// <summary>The rank of any event. Alert types are judged by the level in their own fields, finished scans by their average
    /// threat; everything else is informative.</summary>
    /// <param name="type">CloudEvents <c>type</c>.</param>
    /// <param name="avgThreat"><c>avgThreat</c> of a finished scan, else null.</param>
    public static int Of(string type, in AlertFacts facts, string? avgThreat) => type switch
    {
        "scan.completed" or "scan.aborted" => OfThreat(avgThreat),
        _ => Of(facts),
    };

    /// <summary>The rank of a security alert; informative when it is not of a known alert type.</summary>
    public static int Of(in AlertFacts facts)
    {
        if (facts.AlertType is not { } alertType)
        {
            return Informative;
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

    private static int OfThreat(string? avgThreat) => avgThreat switch
    {
        "High" => High,
        "Medium" => Medium,
        "Low" => Low,
        _ => Informative,
    };
}
