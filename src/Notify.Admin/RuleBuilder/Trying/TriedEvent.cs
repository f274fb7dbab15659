using Notify.Admin.Channels;
using Notify.Admin.Rules;

namespace Notify.Admin.RuleBuilder;

/// <summary>An event that somebody puts together to try rules on.</summary>
public sealed class TriedEvent
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>The suffix of its alert type.</summary>
    public string Suffix { get; set; } = "suspicious";

    /// <summary>As typed; empty where the event names no group.</summary>
    public string GroupId { get; set; } = string.Empty;

    /// <summary>What a stored event was called that this one was taken from; null when it was put together.</summary>
    public string? TakenFrom { get; private set; }

    public AlertType AlertType => Vocabulary.Find(Suffix)!;

    /// <summary>The value of a key; empty where the event does not say.</summary>
    public string this[string key]
    {
        get => _values.GetValueOrDefault(key, string.Empty);
        set => _values[key] = value;
    }

    /// <summary>What rules read of it.</summary>
    public AlertFacts ToFacts() => new(AlertType)
    {
        ItemLevel = Said(Vocabulary.ItemLevel),
        EventType = Said(Vocabulary.EventType),
        Type = Said(Vocabulary.Type),
        Necessity = Said(Vocabulary.Necessity),
        GroupId = AssetGroupId.TryParse(GroupId.Trim(), out var id) ? id : null,
    };

    /// <summary>Takes the values of a stored event.</summary>
    public void Take(IncomingEvent stored)
    {
        Suffix = stored.AlertType is { } suffix && Vocabulary.Find(suffix) is not null ? suffix : Suffix;
        this[Vocabulary.ItemLevel] = stored.ItemLevel ?? string.Empty;
        this[Vocabulary.EventType] = stored.EventType ?? string.Empty;
        this[Vocabulary.Type] = stored.SubType ?? string.Empty;
        this[Vocabulary.Necessity] = stored.Necessity ?? string.Empty;
        GroupId = stored.GroupId ?? string.Empty;
        TakenFrom = stored.Title ?? stored.EventId;
    }

    private string? Said(string key) => this[key] is { Length: > 0 } value ? value : null;
}
