using System.Collections.ObjectModel;
using System.Globalization;
using System.Text;

namespace Notify.Admin.Rules;

/// <summary>What own rules read of an event, of whatever source: made once an event, and asked by every rule.</summary>
/// <param name="type">CloudEvents <c>type</c>.</param>
/// <param name="severity">A rank of <see cref="EventSeverity"/>.</param>
public sealed class OwnFacts(string type, string source, int severity)
{
    private readonly string _kind = Canonical(OwnField.Kind, type);
    private string? _asset;
    private string? _folded;
    private OwnKey[]? _keys;

    /// <summary>Whether it is about something that lasts: a word of <see cref="OwnWords.States"/>.</summary>
    public string State { get; init; } = OwnWords.NoState;

    public int Severity => severity;

    public string? Group { get; init; }

    public string? Asset { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    public string? Title { get; init; }

    public string? Text { get; init; }

    /// <summary>How long before it the same came last; null: it did not, or nobody has looked.</summary>
    public TimeSpan? SeenAgo { get; init; }

    /// <summary>Title and text as <see cref="TextCondition"/> compares them.</summary>
    internal string Folded => _folded ??= $"{Fold(Title)}\n{Fold(Text)}";

    /// <summary>All that an index may find rules by; labels last.</summary>
    internal OwnKey[] Keys => _keys ??= [.. ReadKeys()];

    /// <summary>A field's canonical value; null where the event does not say.</summary>
    public string? Find(OwnField field, string? label = null) => field switch
    {
        OwnField.Kind => _kind,
        OwnField.State => State,
        OwnField.Severity => OwnWords.Severities[severity],
        OwnField.Source => source,
        OwnField.Group => Group,
        OwnField.Asset => _asset ??= Asset is null ? null : Canonical(OwnField.Asset, Asset),
        OwnField.Label => label is not null && Labels.TryGetValue(label, out var value) ? value : null,
        _ => null,
    };

    /// <summary>A field's value as the event says it.</summary>
    public string? Show(OwnField field, string? label = null) => field switch
    {
        OwnField.Kind => type,
        OwnField.Asset => Asset,
        _ => Find(field, label),
    };

    /// <summary>A value as it is compared: an alert's kind without the prefix that names the vendor's environment, an asset whatever its
    /// case, all else as it is.</summary>
    public static string Canonical(OwnField field, string value) => field switch
    {
        OwnField.Kind => Vocabulary.FindByType(value) is { } alert ? OwnWords.AlertKind(alert) : value,
        OwnField.Asset => value.ToUpperInvariant(),
        _ => value,
    };

    internal static string Fold(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        // Half a surrogate pair, and U+FFFE, cannot be taken apart.
        var whole = string.Concat(text.EnumerateRunes()).Replace('\uFFFE', ' ');
        var folded = new StringBuilder(whole.Length);
        foreach (var letter in whole.Normalize(NormalizationForm.FormKD))
        {
            if (char.GetUnicodeCategory(letter) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Format))
            {
                folded.Append(char.ToLowerInvariant(letter));
            }
        }

        return folded.ToString();
    }

    private IEnumerable<OwnKey> ReadKeys()
    {
        for (var field = OwnField.Kind; field <= OwnField.Asset; field++)
        {
            if (Find(field) is { } value)
            {
                yield return new OwnKey(field, value);
            }
        }

        foreach (var (name, value) in Labels)
        {
            yield return new OwnKey(OwnField.Label, value, name);
            yield return new OwnKey(OwnField.Label, null, name);
        }
    }
}
