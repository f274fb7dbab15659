using System.Collections.Immutable;

namespace Notify.Admin.Rules;

/// <summary>One element of <c>configItemList</c>: a key and the values of it that a rule accepts.</summary>
public sealed class ConfigItem
{
    public ConfigItem(string key, params IEnumerable<string> values)
    {
        Key = key;
        Values = [.. values];
    }

    public string Key { get; }

    public ImmutableArray<string> Values { get; }

    /// <summary>True when the key is not restricted.</summary>
    public bool AcceptsAll => Values.Contains(Vocabulary.All, StringComparer.Ordinal);
}
