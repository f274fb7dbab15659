using System.Collections.Immutable;
using Notify.Admin.Rules;

namespace Notify.Admin.RuleBuilder;

/// <summary>The rules that somebody is building: cards and JSON in step, with undo. What nobody touches stays as it was written.</summary>
/// <remarks>A step of the history is what the cards show and, while somebody writes JSON, that text as typed. A text with a mistake
/// leaves the cards at their last good state.</remarks>
public sealed class RuleDraft
{
    private const int MostSteps = 200;

    private readonly List<Step> _steps;
    private readonly ImmutableArray<AlertRule> _written;
    private int _at;
    private bool _isTyping;

    /// <param name="start">What the cards show first.</param>
    /// <param name="typedJson">A text with a mistake, left over from another visit; null where there is none.</param>
    /// <param name="written">What is stored: a card that says the same again becomes what was written.</param>
    public RuleDraft(ConfigList start, string? typedJson = null, ConfigList? written = null)
    {
        _written = written?.Rules ?? start.Rules;
        _steps = [new Step(start.Rules, null)];
        if (typedJson is not null)
        {
            TypeJson(typedJson);
        }
    }

    /// <summary>What the cards show. Not necessarily valid: a key may have no value chosen yet.</summary>
    public ImmutableArray<AlertRule> Rules => Now.Rules;

    /// <summary>What the editor shows: the text as typed, or the cards' rules.</summary>
    public string Json => Now.TypedJson ?? Now.ReadableJson;

    /// <summary>What is wrong with the text, or with the cards; empty when the rules can be saved.</summary>
    public ImmutableArray<ConfigListError> Errors => Now.Errors;

    public bool IsValid => Errors.IsEmpty;

    /// <summary>The mistake is in the text; the cards show what was right before it.</summary>
    public bool IsJsonBroken => Now is { TypedJson: not null, Errors.IsEmpty: false };

    /// <summary>The rules, when they are valid.</summary>
    public ConfigList? List => Now.List;

    /// <summary>The last valid rules: what matching is tried with.</summary>
    public ConfigList LastGood
    {
        get
        {
            for (var at = _at; at >= 0; at--)
            {
                if (_steps[at].Cards.List is { } list)
                {
                    return list;
                }
            }

            return ConfigList.Empty;
        }
    }

    public bool CanUndo => _at > 0;

    public bool CanRedo => _at < _steps.Count - 1;

    /// <summary>The alert types that have no card yet, in the vendor's order.</summary>
    public IEnumerable<AlertType> UnusedTypes => Vocabulary.AlertTypes.Where(type => Rules.All(rule => rule.AlertType != type));

    private Step Now => _steps[_at];

    public void Undo()
    {
        _isTyping = false;
        _at = Math.Max(0, _at - 1);
    }

    public void Redo()
    {
        _isTyping = false;
        _at = Math.Min(_steps.Count - 1, _at + 1);
    }

    /// <summary>Adds a card that hears everything of its type, in the vendor's order as far as the others are.</summary>
    public void Add(AlertType alertType)
    {
        var rule = AsWritten(AlertRule.ForAll(alertType));
        var order = Vocabulary.AlertTypes.IndexOf(alertType);
        var place = 0;
        for (var at = 0; at < Rules.Length; at++)
        {
            if (Rules[at].AlertType is { } other && Vocabulary.AlertTypes.IndexOf(other) < order)
            {
                place = at + 1;
            }
        }

        Show(Rules.Insert(place, rule));
    }

    public void Remove(AlertType alertType) => Show(Rules.RemoveAll(rule => rule.AlertType == alertType));

    /// <summary>Takes all rules from a preset or another chatbot.</summary>
    public void Replace(ConfigList list) => Show([.. list.Rules.Select(AsWritten)]);

    /// <summary>Chooses or takes back one value. <c>all</c> and other values exclude each other.</summary>
    /// <param name="value">A literal, or an unknown value as written.</param>
    public void Choose(AlertType alertType, AlertTypeKey key, string value, bool isChosen)
    {
        var at = IndexOf(alertType);
        if (at < 0)
        {
            return;
        }

        var rule = Rules[at];
        var changed = isChosen ? Choosing(rule, key, value) : Dropping(rule, key, value);
        Show(Rules.SetItem(at, AsWritten(changed)));
    }

    /// <summary>Takes what is being written in the editor. A run of changes is one step back.</summary>
    public void TypeJson(string text)
    {
        if (text == Json)
        {
            return;
        }

        var parsed = ConfigList.Parse(text);
        var next = new Step(parsed.List?.Rules ?? Rules, text);
        if (_isTyping)
        {
            Cut(_at + 1);
            _steps[_at] = next;
        }
        else
        {
            Push(next);
            _isTyping = true;
        }
    }

    /// <summary>The editor was left: a text without mistakes is laid out like the others.</summary>
    public void EndTyping()
    {
        _isTyping = false;
        if (Now is { TypedJson: not null, Errors.IsEmpty: true })
        {
            _steps[_at] = new Step(Now.Rules, null);
        }
    }

    /// <summary>Drops a text with a mistake: the editor shows the cards' rules again.</summary>
    public void DropJson()
    {
        if (IsJsonBroken)
        {
            Show(Rules);
        }
    }

    private static AlertRule Choosing(AlertRule rule, AlertTypeKey key, string value)
    {
        if (value == Vocabulary.All)
        {
            return rule.Find(key.Name) is { AcceptsAll: false } ? rule.With(key.Name, Vocabulary.All) : rule;
        }

        var chosen = rule.Find(key.Name) is { AcceptsAll: false } item ? item.Values : [];
        return chosen.Any(other => key.Canonical(other) == key.Canonical(value))
            ? rule : rule.With(key.Name, chosen.Insert(PlaceFor(chosen, key, value), value));
    }

    private static AlertRule Dropping(AlertRule rule, AlertTypeKey key, string value)
    {
        // Taking back "all" would leave nothing: it goes away by choosing something else.
        return value == Vocabulary.All || rule.Find(key.Name) is not { AcceptsAll: false } item
            ? rule
            : rule.With(key.Name, item.Values.Where(other => key.Canonical(other) != key.Canonical(value)));
    }

    // In the vendor's order as far as the others are; unknown values come last.
    private static int PlaceFor(ImmutableArray<string> values, AlertTypeKey key, string value)
    {
        var order = OrderOf(key, value);
        var place = 0;
        for (var at = 0; at < values.Length; at++)
        {
            if (OrderOf(key, values[at]) <= order)
            {
                place = at + 1;
            }
        }

        return place;
    }

    private static int OrderOf(AlertTypeKey key, string value) => key.Find(value) is { } known ? key.Values.IndexOf(known) : int.MaxValue;

    /// <summary>The rule that was written, where it says the same: its spelling, order and prefix then stay.</summary>
    private AlertRule AsWritten(AlertRule rule) => _written.FirstOrDefault(written => SaysTheSame(written, rule)) ?? rule;

    private static bool SaysTheSame(AlertRule one, AlertRule other) =>
        one.AlertType is { } alertType && alertType == other.AlertType
            && alertType.Keys.All(key => Values(one, key).SetEquals(Values(other, key)));

    private static HashSet<string> Values(AlertRule rule, AlertTypeKey key) =>
        rule.Find(key.Name) is { AcceptsAll: false } item ? item.Values.Select(key.Canonical).ToHashSet(StringComparer.Ordinal)
            : [Vocabulary.All];

    private int IndexOf(AlertType alertType)
    {
        for (var at = 0; at < Rules.Length; at++)
        {
            if (Rules[at].AlertType == alertType)
            {
                return at;
            }
        }

        return -1;
    }

    private void Show(ImmutableArray<AlertRule> rules)
    {
        _isTyping = false;
        if (Now.TypedJson is not null || !rules.SequenceEqual(Rules))
        {
            Push(new Step(rules, null));
        }
    }

    private void Push(Step step)
    {
        Cut(_at + 1);
        _steps.Add(step);
        if (_steps.Count > MostSteps)
        {
            _steps.RemoveAt(0);
        }

        _at = _steps.Count - 1;
    }

    private void Cut(int from) => _steps.RemoveRange(from, _steps.Count - from);

    private sealed class Step(ImmutableArray<AlertRule> rules, string? typedJson)
    {
        private readonly Lazy<ConfigListResult> _cards = new(() => ConfigList.Create(rules));
        private readonly Lazy<ConfigListResult> _typed = new(() => ConfigList.Parse(typedJson ?? string.Empty));

        public ImmutableArray<AlertRule> Rules => rules;

        public string? TypedJson => typedJson;

        /// <summary>What the cards say, whatever stands in the editor.</summary>
        public ConfigListResult Cards => _cards.Value;

        public ConfigList? List => typedJson is null ? Cards.List : _typed.Value.List;

        public ImmutableArray<ConfigListError> Errors => ReadErrors();

        public string ReadableJson => ConfigListWriter.LayOut(ConfigListWriter.Write(rules));

        // Where the editor shows the cards' rules, places are those of that text.
        private ImmutableArray<ConfigListError> ReadErrors() =>
            typedJson is not null ? _typed.Value.Errors
            : Cards.IsValid ? []
            : ConfigList.Parse(ReadableJson).Errors;
    }
}
