using Notify.Admin.Rules;
using Notify.Admin.Security;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Notify.Admin.ConfigFiles;

/// <summary>YAML, JSON included. Read event by event: no alias is followed, so a small file cannot become a large one.</summary>
internal static class ConfigYaml
{
    /// <summary>What a rule names that is about no place in a file.</summary>
    public const string Whole = "file";

    private const int MostNested = 16;

    /// <summary>The file's one map; null where it has none.</summary>
    public static ConfigMap? Read(string text, ICollection<ConfigProblem> problems)
    {
        using var reader = new StringReader(text);
        var yaml = new Parser(reader);
        try
        {
            yaml.Consume<StreamStart>();
            if (!yaml.TryConsume<DocumentStart>(out _))
            {
                problems.Add(new ConfigProblem(1, Whole, ConfigRules.Empty.Say()));
                return null;
            }

            var root = ReadNode(yaml, 0);
            yaml.Consume<DocumentEnd>();
            if (yaml.Accept<DocumentStart>(out var next))
            {
                problems.Add(new ConfigProblem((int)next.Start.Line, Whole, ConfigRules.SecondDocument.Say()));
            }

            if (root is not ConfigMap map)
            {
                problems.Add(new ConfigProblem(root.Line, Whole, ConfigRules.Sections.Say()));
                return null;
            }

            return map;
        }
        catch (Exception e) when (IsOfReading(e))
        {
            var place = e is YamlException known ? known.Start : yaml.Current?.End ?? Mark.Empty;
            var line = Math.Clamp((int)place.Line, 1, 1 + text.AsSpan().Count('\n'));
            problems.Add(new ConfigProblem(line, Whole,
                (e is ConfigShapeException shape ? shape.Rule : ConfigRules.NotYaml(ForeignText.Line(e.Message, 200))).Say()));
            return null;
        }
    }

    /// <summary>The text is no YAML. At some scalars the scanner falls over itself instead of naming the place.</summary>
    public static bool IsOfReading(Exception e) =>
        e is YamlException or InvalidOperationException or ArgumentException or EndOfStreamException;

    public static string Write(ConfigMap root)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var yaml = new Emitter(text, EmitterSettings.Default.WithNewLine("\n").WithIndentedSequences().WithBestWidth(int.MaxValue));
        yaml.Emit(new StreamStart());
        yaml.Emit(new DocumentStart(null, null, isImplicit: true));
        Write(yaml, root);
        yaml.Emit(new DocumentEnd(isImplicit: true));
        yaml.Emit(new StreamEnd());
        return text.ToString();
    }

    private static ConfigNode ReadNode(Parser yaml, int depth)
    {
        var start = yaml.Current ?? throw new ConfigShapeException(Mark.Empty, ConfigRules.EndsEarly);
        if (start is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
        {
            throw new ConfigShapeException(start.Start, ConfigRules.Anchor);
        }

        if (depth > MostNested)
        {
            throw new ConfigShapeException(start.Start, ConfigRules.Nested);
        }

        var line = (int)start.Start.Line;
        if (yaml.TryConsume<Scalar>(out var scalar))
        {
            return new ConfigScalar(line, scalar.Value, scalar.Style != ScalarStyle.Plain);
        }

        if (yaml.TryConsume<SequenceStart>(out _))
        {
            List<ConfigNode> items = [];
            while (!yaml.TryConsume<SequenceEnd>(out _))
            {
                items.Add(ReadNode(yaml, depth + 1));
            }

            return new ConfigSequence(line, items);
        }

        yaml.Consume<MappingStart>();
        List<ConfigEntry> entries = [];
        HashSet<string> keys = new(StringComparer.Ordinal);
        while (!yaml.TryConsume<MappingEnd>(out _))
        {
            if (ReadNode(yaml, depth + 1) is not ConfigScalar key)
            {
                throw new ConfigShapeException(start.Start, ConfigRules.KeyNoText);
            }

            if (!keys.Add(key.Text))
            {
                throw new ConfigShapeException(new Mark(0, key.Line, 1), ConfigRules.Twice(ForeignText.Line(key.Text, 60)));
            }

            entries.Add(new ConfigEntry(key.Line, key.Text, ReadNode(yaml, depth + 1)));
        }

        return new ConfigMap(line, entries);
    }

    private static void Write(Emitter yaml, ConfigNode node)
    {
        switch (node)
        {
            case ConfigMap map:
                yaml.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true,
                    map.Entries.Count == 0 ? MappingStyle.Flow : MappingStyle.Block));
                foreach (var entry in map.Entries)
                {
                    Write(yaml, ConfigScalar.Of(entry.Key));
                    Write(yaml, entry.Value);
                }

                yaml.Emit(new MappingEnd());
                break;
            case ConfigSequence list:
                var isShort = list.Items.All(item => item is ConfigScalar);
                yaml.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true,
                    isShort ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (var item in list.Items)
                {
                    Write(yaml, item);
                }

                yaml.Emit(new SequenceEnd());
                break;
            case ConfigScalar scalar:
                yaml.Emit(new Scalar(AnchorName.Empty, TagName.Empty, scalar.Text,
                    scalar.IsQuoted || scalar.Text.Any(IsUnlike) ? ScalarStyle.DoubleQuoted : ScalarStyle.Plain,
                    isPlainImplicit: true, isQuotedImplicit: true));
                break;
        }
    }

    // Plain, it would end the line for YAML and not for who counts lines.
    private static bool IsUnlike(char letter) => char.IsControl(letter) || letter is '\u2028' or '\u2029';

    private sealed class ConfigShapeException(Mark place, Bilingual rule) : YamlException(place, place, rule.En)
    {
        public Bilingual Rule => rule;
    }
}
