using System.Collections.Immutable;
using System.Globalization;

namespace Notify.Admin.Rules;

/// <summary>Checks what a ConfigList says against the vocabulary, and builds the rules. Errors are added where they are found; the rules
/// are of use only when there are none.</summary>
internal sealed class ConfigListValidator
{
    public const int MaxValueLength = 128;
    public const int MaxValues = 200;

    private readonly SourceText _source;
    private readonly ConfigListErrors _errors;

    private ConfigListValidator(SourceText source, ConfigListErrors errors)
    {
        _source = source;
        _errors = errors;
    }

    public static ImmutableArray<AlertRule> Validate(List<RuleSyntax> rules, SourceText source, ConfigListErrors errors)
    {
        var validator = new ConfigListValidator(source, errors);
        var usedTypes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var rule in rules)
        {
            validator.CheckRule(rule, usedTypes);
        }

        return errors.Any ? [] : [.. rules.Select(validator.Build)];
    }

    private void CheckRule(RuleSyntax rule, Dictionary<string, string> usedTypes)
    {
        if (rule.Type is not { } type)
        {
            return;
        }

        var alertType = Vocabulary.FindByType(type.Text);
        if (alertType is null)
        {
            Add(ConfigListFault.UnknownType, type, type.Text, string.Join(", ", Vocabulary.AlertTypes.Select(known => known.Suffix)));
            return;
        }

        if (!usedTypes.TryAdd(alertType.Suffix, type.Path))
        {
            Add(ConfigListFault.RepeatedType, type, alertType.Suffix, usedTypes[alertType.Suffix]);
        }

        var usedKeys = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in rule.Items)
        {
            CheckItem(item, alertType, usedKeys);
        }
    }

    private void CheckItem(ItemSyntax item, AlertType alertType, Dictionary<string, string> usedKeys)
    {
        AlertTypeKey? key = null;
        if (item.Key is { } name)
        {
            key = alertType.FindKey(name.Text);
            if (key is null)
            {
                Add(ConfigListFault.UnknownKey, name, name.Text, alertType.Suffix,
                    string.Join(", ", alertType.Keys.Select(known => known.Name)));
            }
            else if (!usedKeys.TryAdd(name.Text, name.Path))
            {
                Add(ConfigListFault.RepeatedKey, name, name.Text, usedKeys[name.Text]);
            }
        }

        if (item.ValueList is { } list)
        {
            CheckList(list);
            CheckValues(list.Values, key, alertType);
        }
    }

    private void CheckList(ValueListSyntax list)
    {
        if (list.Values.Count == 0 && list.IsWhole)
        {
            Add(ConfigListFault.EmptyValueList, list.Path, list.Start, list.End);
        }

        if (list.Values.Count > MaxValues)
        {
            Add(ConfigListFault.TooManyValues, list.Path, list.Start, list.End, $"{MaxValues}");
        }
    }

    private void CheckValues(List<StringSyntax> values, AlertTypeKey? key, AlertType alertType)
    {
        var used = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var value in values)
        {
            if (!used.TryAdd(value.Text, value.Path))
            {
                Add(ConfigListFault.RepeatedValue, value, value.Text, used[value.Text]);
            }
            else if (value.Text == Vocabulary.All && values.Exists(other => other.Text != Vocabulary.All))
            {
                Add(ConfigListFault.AllBesideOthers, value);
            }
            else if (key is not null && key.Find(value.Text) is null)
            {
                CheckUnknown(value, key, alertType);
            }
        }
    }

    private void CheckUnknown(StringSyntax value, AlertTypeKey key, AlertType alertType)
    {
        if (!key.IsOpen)
        {
            Add(ConfigListFault.UnknownValue, value, value.Text, key.Name, alertType.Suffix,
                string.Join(", ", key.Values.Select(known => known.Literal)));
        }
        else if (string.IsNullOrWhiteSpace(value.Text))
        {
            Add(ConfigListFault.EmptyValue, value);
        }
        else if (value.Text.Length > MaxValueLength)
        {
            Add(ConfigListFault.ValueTooLong, value, $"{MaxValueLength}");
        }
        else if (value.Text.Any(IsInvisible))
        {
            Add(ConfigListFault.ControlCharacter, value);
        }
    }

    // Joiners can be seen: scripts need them.
    private static bool IsInvisible(char character) => character is not ('\u200C' or '\u200D')
        && char.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator;

    private AlertRule Build(RuleSyntax rule) => new(
        rule.Type!.Text,
        [.. rule.Items.Select(item => new ConfigItem(item.Key!.Text, item.ValueList!.Values.Select(value => value.Text)))],
        ConfigListWriter.Minify(_source.Slice(rule.Start, rule.End)));

    private void Add(ConfigListFault fault, StringSyntax at, params ReadOnlySpan<string> args) =>
        Add(fault, at.Path, at.Start, at.End, args);

    private void Add(ConfigListFault fault, string path, int start, int end, params ReadOnlySpan<string> args)
    {
        if (_errors.IsFull)
        {
            return;
        }

        var offset = _source.CharAt(start);
        _errors.Add(fault, path, offset, _source.CharAt(end) - offset, args);
    }
}
