using System.Collections;
using System.Globalization;

namespace Notify.Admin.Security;

/// <summary>What a log entry or a scope says, redacted: its text, and by name each value that a sink may write by itself.</summary>
/// <param name="text">Null for a scope's, which is made when a sink asks: most scopes are begun and never written.</param>
internal sealed class RedactedState(object? state, string? text = null) : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly string? _text = text is null ? null : Redactor.Redact(text);
    private readonly IReadOnlyList<KeyValuePair<string, object?>> _values = state switch
    {
        IReadOnlyList<KeyValuePair<string, object?>> list => list,
        IEnumerable<KeyValuePair<string, object?>> others => [.. others],
        _ => [],
    };

    public int Count => _values.Count;

    public KeyValuePair<string, object?> this[int index] => new(_values[index].Key, Redacted(_values[index].Value));

    public override string ToString() => _text ?? Redactor.Redact(Convert.ToString(state, CultureInfo.InvariantCulture)) ?? "";

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // Numbers and times stay what they are; whatever else may hold text becomes text.
    private static object? Redacted(object? value) =>
        value is null or IConvertible and not string ? value : Redactor.Redact(Convert.ToString(value, CultureInfo.InvariantCulture));
}
