using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Notify.Admin.FunctionAccess;

/// <summary>The YAML form of <see cref="AccessFile"/>, JSON included: scalars are texts, whatever they look like. Read event by event: no alias is
/// followed and nothing is built beyond the fields that are known, so a small file cannot become a large one.</summary>
internal static class AccessYaml
{
    private const int MostNested = 16;

    public static string Write(IReadOnlyList<ManagedFunction> functions)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var yaml = new Emitter(text, EmitterSettings.Default.WithNewLine("\n").WithIndentedSequences());
        yaml.Emit(new StreamStart());
        yaml.Emit(new DocumentStart(null, null, isImplicit: true));
        yaml.Emit(new MappingStart());
        yaml.Emit(new Scalar(AccessFileFields.Root));
        yaml.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, functions.Count == 0
            ? SequenceStyle.Flow : SequenceStyle.Block));
        foreach (var function in functions)
        {
            yaml.Emit(new MappingStart());
            foreach (var (field, texts) in AccessFileFields.Of(function))
            {
                yaml.Emit(new Scalar(field));
                Write(yaml, field, texts, function);
            }

            yaml.Emit(new MappingEnd());
        }

        yaml.Emit(new SequenceEnd());
        yaml.Emit(new MappingEnd());
        yaml.Emit(new DocumentEnd(isImplicit: true));
        yaml.Emit(new StreamEnd());
        return text.ToString();
    }

    public static IReadOnlyList<AccessFileItem> Read(string text, AccessFileFormat format, AccessProblems problems)
    {
        var items = new List<AccessFileItem>();
        using var reader = new StringReader(text);
        var yaml = new Parser(reader);
        try
        {
            ReadRoot(yaml, items, problems);
        }
        // At some scalars (plain in brackets, halves of surrogate pairs, an end in the middle) the scanner falls over itself instead of
        // naming the place: it is after what was read last.
        catch (Exception e) when (e is YamlException or InvalidOperationException or ArgumentException or EndOfStreamException)
        {
            var place = e is YamlException known ? known.Start : yaml.Current?.End ?? Mark.Empty;
            // An end that comes too early is reported after the last line.
            problems.Add(Math.Min(LineOf(place), 1 + text.AsSpan().Count('\n')), AccessFileFields.Root, AccessRule.Syntax,
                format.ToName().ToUpperInvariant());
        }

        return items;
    }

    private static void Write(Emitter yaml, string field, IReadOnlyList<string> texts, ManagedFunction function)
    {
        if (!AccessFileFields.IsList(field))
        {
            // A name or a callback id may look like a number or like "yes".
            var style = field is AccessFileFields.Name or "function_callback_id" ? ScalarStyle.DoubleQuoted : ScalarStyle.Plain;
            yaml.Emit(new Scalar(AnchorName.Empty, TagName.Empty, texts[0], style, isPlainImplicit: true, isQuotedImplicit: true));
            return;
        }

        yaml.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, texts.Count == 0
            ? SequenceStyle.Flow : SequenceStyle.Block));
        var names = field == "user_ids"
            ? function.Wanted.Users.DistinctBy(user => user.UserId, StringComparer.Ordinal)
            .ToDictionary(user => user.UserId, user => user.Email ?? user.Username, StringComparer.Ordinal) : [];
        foreach (var id in texts)
        {
            yaml.Emit(new Scalar(id));
            if (names.GetValueOrDefault(id) is { Length: > 0 } name)
            {
                // So that a person can read the list too.
                yaml.Emit(new Comment(string.Concat(name.Where(c => !char.IsControl(c) && c is not ('\u2028' or '\u2029'))),
                    isInline: true));
            }
        }

        yaml.Emit(new SequenceEnd());
    }

    private static void ReadRoot(Parser yaml, List<AccessFileItem> items, AccessProblems problems)
    {
        yaml.Consume<StreamStart>();
        if (!yaml.TryConsume<DocumentStart>(out _))
        {
            return;
        }

        if (yaml.TryConsume<MappingStart>(out _))
        {
            while (!yaml.Accept<MappingEnd>(out _))
            {
                var (line, name) = ReadKey(yaml);
                if (name == AccessFileFields.Root)
                {
                    if (!ReadItems(yaml, items, problems))
                    {
                        return;
                    }
                }
                else
                {
                    problems.Add(line, AccessProblems.Shorten(name), AccessRule.KnownField);
                    Skip(yaml);
                }
            }

            yaml.Consume<MappingEnd>();
        }
        else if (!ReadItems(yaml, items, problems))
        {
            return;
        }

        yaml.Consume<DocumentEnd>();
        if (yaml.Accept<DocumentStart>(out var next))
        {
            problems.Add(LineOf(next.Start), AccessFileFields.Root, AccessRule.FunctionList);
        }
    }

    /// <returns>False when the rest is not worth reading.</returns>
    private static bool ReadItems(Parser yaml, List<AccessFileItem> items, AccessProblems problems)
    {
        if (!yaml.TryConsume<SequenceStart>(out _))
        {
            problems.Add(LineOf(yaml.Current!.Start), AccessFileFields.Root, yaml.Current is AnchorAlias
                ? AccessRule.NoAlias : AccessRule.FunctionList);
            Skip(yaml);
            return true;
        }

        while (!yaml.TryConsume<SequenceEnd>(out _))
        {
            var line = LineOf(yaml.Current!.Start);
            CheckAnchor(yaml.Current, AccessFileFields.Root, problems);
            if (items.Count == AccessFile.MostFunctions)
            {
                problems.Add(line, AccessFileFields.Root, AccessRule.MostFunctions, $"{AccessFile.MostFunctions}");
                return false;
            }

            if (yaml.TryConsume<MappingStart>(out _))
            {
                items.Add(new AccessFileItem(line, ReadFields(yaml, problems)));
            }
            else
            {
                problems.Add(line, AccessFileFields.Root, AccessRule.Entry);
                Skip(yaml);
            }
        }

        return true;
    }

    private static List<AccessFileField> ReadFields(Parser yaml, AccessProblems problems)
    {
        List<AccessFileField> fields = [];
        while (!yaml.TryConsume<MappingEnd>(out _))
        {
            var (line, name) = ReadKey(yaml);
            CheckAnchor(yaml.Current!, name, problems);
            if (yaml.TryConsume<Scalar>(out var scalar))
            {
                fields.Add(new AccessFileField(line, name, IsNothing(scalar)
                    ? null : [scalar.Value], IsNothing(scalar) && AccessFileFields.IsList(name)));
            }
            else if (yaml.TryConsume<SequenceStart>(out _))
            {
                fields.Add(new AccessFileField(line, name, ReadTexts(yaml, name, problems), true));
            }
            else
            {
                problems.Add(line, AccessProblems.Shorten(name), AccessFileFields.IsList(name) ? AccessRule.TextList : AccessRule.Text);
                Skip(yaml);
            }
        }

        return fields;
    }

    private static List<string> ReadTexts(Parser yaml, string name, AccessProblems problems)
    {
        List<string> texts = [];
        while (!yaml.TryConsume<SequenceEnd>(out _))
        {
            CheckAnchor(yaml.Current!, name, problems);
            if (yaml.TryConsume<Scalar>(out var scalar) && !IsNothing(scalar))
            {
                texts.Add(scalar.Value);
                continue;
            }

            problems.Add(LineOf(scalar?.Start ?? yaml.Current!.Start), AccessProblems.Shorten(name), AccessRule.TextList);
            if (scalar is null)
            {
                Skip(yaml);
            }
        }

        return texts;
    }

    private static (int Line, string Name) ReadKey(Parser yaml)
    {
        var line = LineOf(yaml.Current!.Start);
        if (yaml.TryConsume<Scalar>(out var key))
        {
            return (line, key.Value);
        }

        Skip(yaml);
        return (line, "?");
    }

    private static void CheckAnchor(ParsingEvent found, string field, AccessProblems problems)
    {
        if (found is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
        {
            problems.Add(LineOf(found.Start), AccessProblems.Shorten(field), AccessRule.NoAlias);
        }
    }

    // No file of ours is nested deeper, and what is nested without end would be read without end.
    private static void Skip(Parser yaml)
    {
        var depth = 0;
        do
        {
            var found = yaml.Consume<ParsingEvent>();
            depth += found.NestingIncrease;
            if (depth > MostNested)
            {
                throw new SyntaxErrorException(found.Start, found.End, "Nested too deep.");
            }
        }
        while (depth > 0);
    }

    private static bool IsNothing(Scalar scalar) => scalar is { Style: ScalarStyle.Plain, Value: "" or "~" or "null" };

    private static int LineOf(Mark mark) => (int)mark.Line;
}
