using System.Text.Json;
using Notify.Admin.Security;
using YamlDotNet.Core;
using Comment = YamlDotNet.Core.Tokens.Comment;
using Scalar = YamlDotNet.Core.Tokens.Scalar;

namespace Notify.Admin.ConfigFiles;

/// <summary>What people wrote beside a key or an object of a file: from the hash on, an empty line as an empty text.</summary>
/// <param name="Before">Lines above it.</param>
/// <param name="OnLine">Behind it.</param>
/// <param name="After">Lines below all that it holds.</param>
internal sealed record ConfigComment(IReadOnlyList<string> Before, string? OnLine, IReadOnlyList<string> After)
{
    public static readonly ConfigComment None = new([], null, []);
}

/// <summary>The comments of a file, by the paths that they stand at: taken from a text and put into another one.</summary>
internal sealed class ConfigComments
{
    /// <summary>What stands below all else.</summary>
    private const string End = "";

    private readonly SortedDictionary<string, ConfigComment> _comments = new(StringComparer.Ordinal);

    public bool IsEmpty => _comments.Count == 0;

    // An empty line alone says nothing.
    private bool SaysAnything => _comments.Values.Any(comment =>
        comment.OnLine is not null || comment.Before.Concat(comment.After).Any(line => line.Length > 0));

    /// <summary>Those of a text that <see cref="ConfigYaml"/> has read.</summary>
    /// <param name="nameOf">The name of an object of a section.</param>
    public static ConfigComments Read(string text, ConfigMap root, Func<string, ConfigMap, string?> nameOf)
    {
        var comments = new ConfigComments();
        // A form feed ends a line for .NET, and none for YAML.
        var lines = text.Replace('\f', ' ').ReplaceLineEndings("\n").Split('\n');
        var anchors = ConfigAnchor.ListOf(root, lines, nameOf);
        var byPath = anchors.DistinctBy(anchor => anchor.Path).ToDictionary(anchor => anchor.Path, StringComparer.Ordinal);
        var (found, covered) = Scan(text);
        List<string> blank = [];
        var next = 0;
        for (var line = 1; line <= lines.Length; line++)
        {
            while (next < anchors.Count && anchors[next].Line <= line)
            {
                if (anchors[next].Line == line && blank.Count > 0)
                {
                    comments.Add(anchors[next].Path, before: blank);
                    blank.Clear();
                }

                next++;
            }

            if (found.TryGetValue(line, out var column) && lines[line - 1].AsSpan(Math.Min(column, lines[line - 1].Length)) is ['#', ..])
            {
                var comment = Redactor.Redact(lines[line - 1][column..].TrimEnd());
                if (lines[line - 1].AsSpan(0, column).Trim(' ').Length > 0)
                {
                    comments.Add(OnLineOf(anchors, next, line), onLine: comment);
                }
                else
                {
                    comments.AddLine([.. blank, comment], column, anchors, next, byPath);
                    blank.Clear();
                }
            }
            else if (blank.Count == 0 && !covered.Contains(line) && string.IsNullOrWhiteSpace(lines[line - 1]))
            {
                blank.Add("");
            }
        }

        return comments;
    }

    public static ConfigComments Parse(string? json)
    {
        var comments = new ConfigComments();
        foreach (var (path, comment) in
            JsonSerializer.Deserialize<Dictionary<string, ConfigComment>>(json ?? "{}", ConfigJson.Readable)!)
        {
            comments._comments[path] = comment;
        }

        return comments;
    }

    public string ToJson() => JsonSerializer.Serialize(_comments, ConfigJson.Readable);

    /// <summary>These, with those of a file in place of what they said of all that the file names, and without those of what is gone. A
    /// file without any, as a script makes it, leaves them as they are.</summary>
    /// <param name="root">Of the file.</param>
    /// <param name="standing">The paths of the objects that there are, or will be.</param>
    public ConfigComments With(
        ConfigComments file, ConfigMap root, Func<string, ConfigMap, string?> nameOf, IReadOnlySet<string> standing)
    {
        if (!file.SaysAnything)
        {
            return this;
        }

        HashSet<string> heads = [End, .. root.Entries.Select(section => section.Key)];
        var named = NamesIn(root, nameOf).ToHashSet(StringComparer.Ordinal);
        var merged = new ConfigComments();
        foreach (var (path, comment) in _comments)
        {
            if (ConfigAnchor.ObjectOf(path) is { } thing ? standing.Contains(thing) && !named.Contains(thing) : !heads.Contains(path))
            {
                merged._comments[path] = comment;
            }
        }

        foreach (var (path, comment) in file._comments)
        {
            merged._comments[path] = comment;
        }

        return merged;
    }

    /// <summary>The paths of the objects and settings that a file names.</summary>
    public static IEnumerable<string> NamesIn(ConfigMap root, Func<string, ConfigMap, string?> nameOf) =>
        root.Entries.SelectMany(section => section.Value switch
        {
            ConfigSequence list => list.Items.OfType<ConfigMap>().Select(item => nameOf(section.Key, item)).OfType<string>(),
            ConfigMap map => map.Entries.Select(entry => entry.Key),
            _ => [],
        }, (section, name) => ConfigAnchor.Join(section.Key, name));

    /// <summary>A text of ours with the comments in it; those of what it does not have are left out.</summary>
    public string PutInto(string text, ConfigMap root, Func<string, ConfigMap, string?> nameOf)
    {
        List<string> lines = [.. text.TrimEnd('\n').Split('\n')];
        var anchors = ConfigAnchor.ListOf(root, lines, nameOf);
        var above = new Dictionary<int, List<string>>();
        var below = new Dictionary<int, List<string>>();
        foreach (var anchor in anchors.Where(anchor => _comments.ContainsKey(anchor.Path)))
        {
            var comment = _comments[anchor.Path];
            Put(above, anchor.Line, comment.Before, anchor.Column, first: false);
            // What is held comes before what holds it.
            Put(below, anchor.LastLine, comment.After, anchor.Column, first: true);
            lines[anchor.Line - 1] += comment.OnLine is { } behind ? $" {behind}" : "";
        }

        Put(below, lines.Count, _comments.GetValueOrDefault(End, ConfigComment.None).After, 0, first: false);
        return string.Concat(lines.SelectMany((line, index) =>
            (IEnumerable<string>)[.. above.GetValueOrDefault(index + 1, []), line, .. below.GetValueOrDefault(index + 1, [])])
            .Select(line => line + "\n"));
    }

    private static void Put(Dictionary<int, List<string>> lines, int at, IReadOnlyList<string> comments, int column, bool first)
    {
        if (comments.Count > 0)
        {
            var known = lines.GetValueOrDefault(at, []);
            lines[at] = known;
            known.InsertRange(first ? 0 : known.Count,
                comments.Select(comment => comment.Length == 0 ? "" : new string(' ', column) + comment));
        }
    }

    /// <summary>The column of each line's comment, and the lines that texts of several lines cover.</summary>
    private static (Dictionary<int, int> Comments, HashSet<int> Covered) Scan(string text)
    {
        using var reader = new StringReader(text);
        var scanner = new Scanner(reader, skipComments: false);
        Dictionary<int, int> comments = [];
        HashSet<int> covered = [];
        try
        {
            while (scanner.MoveNext())
            {
                if (scanner.Current is Comment comment)
                {
                    comments[(int)comment.Start.Line] = (int)comment.Start.Column - 1;
                }
                else if (scanner.Current is Scalar scalar)
                {
                    for (var line = (int)scalar.Start.Line + 1; line < scalar.End.Line; line++)
                    {
                        covered.Add(line);
                    }
                }
            }
        }
        catch (Exception e) when (ConfigYaml.IsOfReading(e))
        {
            // It falls over comments at places where the reader, which skips them, does not: those after it are not kept.
        }

        return (comments, covered);
    }

    private static string OnLineOf(IReadOnlyList<ConfigAnchor> anchors, int next, int line)
    {
        var found = next > 0 ? anchors[next - 1] : null;
        for (var at = next - 1; at >= 0 && anchors[at].Line == line; at--)
        {
            found = found!.IsItem || !anchors[at].IsItem ? anchors[at] : found;
        }

        return found?.Path ?? End;
    }

    // Further in than what follows, it belongs to what came before: a key that somebody has commented out.
    private void AddLine(IReadOnlyList<string> lines, int column, IReadOnlyList<ConfigAnchor> anchors, int next,
        Dictionary<string, ConfigAnchor> byPath)
    {
        if (next < anchors.Count && column <= anchors[next].Column)
        {
            Add(anchors[next].Path, before: lines);
            return;
        }

        var held = next > 0 && column > 0 ? anchors[next - 1] : null;
        while (held is { Holder: { } holder } && held.Column > column)
        {
            held = byPath[holder];
        }

        Add(held?.Path ?? End, after: lines);
    }

    private void Add(string path, IReadOnlyList<string>? before = null, string? onLine = null, IReadOnlyList<string>? after = null)
    {
        var known = _comments.GetValueOrDefault(path, ConfigComment.None);
        _comments[path] = new ConfigComment(
            [.. known.Before, .. before ?? []], onLine is null ? known.OnLine : known.OnLine is null ? onLine : $"{known.OnLine} {onLine}",
            [.. known.After, .. after ?? []]);
    }
}
