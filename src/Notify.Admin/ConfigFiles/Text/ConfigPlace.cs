using System.Globalization;
using Notify.Admin.Rules;

namespace Notify.Admin.ConfigFiles;

/// <summary>Where in a file something is read, and what is wrong there.</summary>
internal sealed record ConfigPlace(string Path, ConfigNames Names, List<ConfigProblem> Problems)
{
    public ConfigPlace At(string key) => this with { Path = $"{Path}.{key}" };

    public ConfigPlace At(int index) => this with { Path = $"{Path}[{index}]" };

    public void Refuse(int line, Bilingual rule) => Add(line, rule.Say());

    /// <param name="reason">In the reader's language.</param>
    public void Add(int line, string reason) => Problems.Add(new ConfigProblem(line, Path, reason));

    /// <summary>Null, and refused, where it is none.</summary>
    public string? Text(ConfigNode node)
    {
        if (node is ConfigScalar { IsNothing: false } scalar)
        {
            return scalar.Text;
        }

        Refuse(node.Line, ConfigRules.Text);
        return null;
    }

    public bool? Flag(ConfigNode node)
    {
        if (node is ConfigScalar { IsQuoted: false, Text: "true" or "false" } scalar)
        {
            return scalar.Text == "true";
        }

        Refuse(node.Line, ConfigRules.Flag);
        return null;
    }

    public int? Number(ConfigNode node)
    {
        if (node is ConfigScalar scalar && int.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        Refuse(node.Line, ConfigRules.Number);
        return null;
    }

    public IReadOnlyList<string>? Texts(ConfigNode node)
    {
        if (node is ConfigSequence list && list.Items.All(item => item is ConfigScalar { IsNothing: false }))
        {
            return [.. list.Items.Cast<ConfigScalar>().Select(item => item.Text)];
        }

        Refuse(node.Line, ConfigRules.Texts);
        return null;
    }

    public object? Choice(ConfigNode node, Type type)
    {
        if (node is ConfigScalar scalar && Array.Find(Enum.GetNames(type),
            name => string.Equals(name, scalar.Text, StringComparison.OrdinalIgnoreCase)) is { } found)
        {
            return Enum.Parse(type, found);
        }

        Refuse(node.Line, ConfigRules.OneOf(string.Join(", ", Enum.GetNames(type))));
        return null;
    }

    public TimeOnly? Time(ConfigNode node)
    {
        if (node is ConfigScalar scalar
            && TimeOnly.TryParseExact(scalar.Text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return time;
        }

        Refuse(node.Line, ConfigRules.Time);
        return null;
    }

    /// <summary>The map's entries of known keys; others are refused.</summary>
    public ConfigMap? Map(ConfigNode node, IReadOnlyCollection<string> keys)
    {
        if (node is not ConfigMap map)
        {
            Refuse(node.Line, ConfigRules.Map);
            return null;
        }

        foreach (var entry in map.Entries.Where(entry => !keys.Contains(entry.Key)))
        {
            At(Security.ForeignText.Line(entry.Key, 40)).Refuse(entry.Line, ConfigRules.NoKey(string.Join(", ", keys)));
        }

        return map;
    }
}
