using System.Collections.Immutable;

namespace Notify.Admin.Rules;

/// <summary>One element of ConfigList: an alert type and, for its keys, the accepted values. A key that is not mentioned is not
/// restricted. Not necessarily valid by itself: a <see cref="ConfigList"/> is.</summary>
public sealed class AlertRule : IEquatable<AlertRule>
{
    /// <param name="type">With its prefix, for example <see cref="AlertType.FullName"/>.</param>
    public AlertRule(string type, params IEnumerable<ConfigItem> items)
        : this(type, [.. items], json: null)
    {
    }

    internal AlertRule(string type, ImmutableArray<ConfigItem> items, string? json)
    {
        Type = type;
        Items = items;
        AlertType = Vocabulary.FindByType(type);
        Json = json ?? ConfigListWriter.Write(this);
    }

    /// <summary>As written, prefix included.</summary>
    public string Type { get; }

    /// <summary>Null in a rule that is not valid.</summary>
    public AlertType? AlertType { get; }

    public ImmutableArray<ConfigItem> Items { get; }

    /// <summary>Minified; for a rule that was read, its own text without the white space, so that member order and escapes stay.</summary>
    public string Json { get; }

    /// <summary>A new rule of <paramref name="alertType"/> that accepts every event of it.</summary>
    public static AlertRule ForAll(AlertType alertType) =>
        new(alertType.FullName, alertType.Keys.Select(key => new ConfigItem(key.Name, Vocabulary.All)));

    public ConfigItem? Find(string key) => Items.FirstOrDefault(item => item.Key == key);

    /// <summary>The rule with other values for <paramref name="key"/>; a key not mentioned so far goes to its place in the vendor's
    /// order.</summary>
    public AlertRule With(string key, params IEnumerable<string> values)
    {
        var item = new ConfigItem(key, values);
        var at = IndexOf(key);
        return new(Type, at >= 0 ? Items.SetItem(at, item) : Items.Insert(PlaceFor(key), item));
    }

    /// <summary>The rule without <paramref name="key"/>: no longer restricted by it.</summary>
    public AlertRule Without(string key) => new(Type, Items.Where(item => item.Key != key));

    /// <summary>Same content in the same order, written the same way.</summary>
    public bool Equals(AlertRule? other) => other is not null && Json == other.Json;

    public override bool Equals(object? obj) => Equals(obj as AlertRule);

    public override int GetHashCode() => Json.GetHashCode(StringComparison.Ordinal);

    private int IndexOf(string key)
    {
        for (var at = 0; at < Items.Length; at++)
        {
            if (Items[at].Key == key)
            {
                return at;
            }
        }

        return -1;
    }

    private int PlaceFor(string key)
    {
        if (AlertType is not { } alertType)
        {
            return Items.Length;
        }

        var before = alertType.Keys.TakeWhile(known => known.Name != key).Select(known => IndexOf(known.Name));
        return before.Append(-1).Max() + 1;
    }
}
