namespace Notify.Admin.Rules;

/// <summary>What rules read of an event. An absent field is null and satisfies only an unrestricted key or <c>all</c>.</summary>
public readonly record struct AlertFacts
{
    /// <summary>Reads the alert type from a CloudEvents <c>type</c>.</summary>
    public AlertFacts(string type)
        : this(Vocabulary.FindByType(type))
    {
    }

    public AlertFacts(AlertType? alertType)
    {
        AlertType = alertType;
    }

    /// <summary>Null for an event of no known alert type: no rule hears it.</summary>
    public AlertType? AlertType { get; }

    public string? ItemLevel { get; init; }

    public string? EventType { get; init; }

    public string? Type { get; init; }

    public string? Necessity { get; init; }

    /// <summary>The asset group, as decimal digits.</summary>
    public string? GroupId { get; init; }

    /// <summary>The field that a ConfigList key reads; null when it is absent or there is no such key.</summary>
    public string? this[string key] => key switch
    {
        Vocabulary.ItemLevel => ItemLevel,
        Vocabulary.EventType => EventType,
        Vocabulary.Type => Type,
        Vocabulary.Necessity => Necessity,
        _ => null,
    };
}
