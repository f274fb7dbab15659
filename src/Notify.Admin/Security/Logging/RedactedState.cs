using System.Collections;
using System.Globalization;

namespace Notify.Admin.Security;

/// <summary>What a log entry says, redacted: its text, and by name each value that a sink may write by itself.</summary>
internal sealed class RedactedState(object? state, string text) : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly IReadOnlyList<KeyValuePair<string, object?>> _values = state as IReadOnlyList<KeyValuePair<string, object?>> ?? [];
    private readonly string _text = Redactor.Redact(text);

    public int Count => _values.Count;

    public KeyValuePair<string, object?> this[int index] => new(_values[index].Key, Redacted(_values[index].Value));

    public override string ToString() => _text;

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // Numbers and times stay what they are; whatever else may hold text becomes text.
    private static object? Redacted(object? value) =>
        value is null or IConvertible and not string ? value : Redactor.Redact(Convert.ToString(value, CultureInfo.InvariantCulture));
}
