namespace Notify.Admin.ConfigFiles;

/// <summary>Where a key, or an item of a list, stands in a file; in the order of the file, what holds others before them.</summary>
/// <param name="Path">The keys that lead to it, one a line; an object of a section by its name, since its place may change.</param>
/// <param name="Column">Of its first letter or dash, from 0.</param>
/// <param name="LastLine">Of what it holds.</param>
internal sealed record ConfigAnchor(string Path, int Line, int Column, int LastLine, bool IsItem)
{
    private const char Separator = '\n';

    /// <param name="nameOf">The name of an object of a section; null where it has none.</param>
    public static IReadOnlyList<ConfigAnchor> ListOf(
        ConfigMap root, IReadOnlyList<string> lines, Func<string, ConfigMap, string?> nameOf)
    {
        List<ConfigAnchor> anchors = [];
        foreach (var section in root.Entries)
        {
            Add(anchors, section.Key, section.Line, section.Value, lines, isItem: false, (item, index) =>
                item is ConfigMap map && nameOf(section.Key, map) is { } name ? name : $"[{index}]");
        }

        return anchors;
    }

    public static string Join(string path, string key) => $"{path}{Separator}{key}";

    /// <summary>The object, or setting, that a path leads into; null for a section's own and for what stands beside the sections.</summary>
    public static string? ObjectOf(string path) =>
        path.Split(Separator, 3) is [var section, var name, ..] ? Join(section, name) : null;

    /// <summary>What holds this; null for a section.</summary>
    public string? Holder => Path.LastIndexOf(Separator) is var at and > 0 ? Path[..at] : null;

    private static void Add(List<ConfigAnchor> anchors, string path, int line, ConfigNode value, IReadOnlyList<string> lines, bool isItem,
        Func<ConfigNode, int, string> nameOf)
    {
        var at = anchors.Count;
        anchors.Add(new ConfigAnchor(path, line, ColumnOf(anchors, line, lines, isItem), line, isItem));
        if (value is ConfigMap map)
        {
            foreach (var entry in map.Entries)
            {
                Add(anchors, Join(path, entry.Key), entry.Line, entry.Value, lines, isItem: false, (_, index) => $"[{index}]");
            }
        }
        else if (value is ConfigSequence list)
        {
            foreach (var (index, item) in list.Items.Index())
            {
                Add(anchors, Join(path, nameOf(item, index)), item.Line, item, lines, isItem: true, (_, place) => $"[{place}]");
            }
        }

        anchors[at] = anchors[at] with { LastLine = anchors[^1].LastLine };
    }

    // The first key of an item stands behind its dash.
    private static int ColumnOf(List<ConfigAnchor> anchors, int line, IReadOnlyList<string> lines, bool isItem)
    {
        var text = lines[line - 1];
        var column = text.Length - text.AsSpan().TrimStart(' ').Length;
        var isBehind = anchors.Count > 0 && anchors[^1] is { IsItem: true } item && item.Line == line && !isItem;
        return isBehind ? text.Length - text.AsSpan().TrimStart("- ").Length : column;
    }
}
