using Notify.Admin.Rules;

namespace Notify.Admin.Sources;

/// <summary>The fields of an alert that rules read: what a closed list does not know is left out, so that it is heard where nothing is
/// asked of the field.</summary>
internal static class AlertKeys
{
    public static IReadOnlyDictionary<string, string> Of(string suffix, params ReadOnlySpan<(string Key, string? Value)> values)
    {
        var type = Vocabulary.Find(suffix)!;
        Dictionary<string, string> keys = [];
        foreach (var (name, value) in values)
        {
            if (value is not null && type.FindKey(name) is { } key && (key.IsOpen || key.Find(value) is not null))
            {
                keys[name] = value;
            }
        }

        return keys;
    }

    public static IReadOnlyDictionary<string, string> Labels(params ReadOnlySpan<(string Name, string? Value)> values)
    {
        Dictionary<string, string> labels = [];
        foreach (var (name, value) in values)
        {
            if (value is not null)
            {
                labels[name] = value;
            }
        }

        return labels;
    }
}
