using Notify.Admin.Channels;
using Notify.Admin.RuleBuilder;
using Notify.Admin.Rules;

namespace Notify.Admin.DingTalk;

/// <summary>An open form: what it started from, what has been typed, and what others have saved meanwhile.</summary>
internal sealed class ChatbotEdit
{
    private readonly ChatbotFormModel _blank;

    /// <param name="original">Null for a new chatbot.</param>
    /// <param name="blank">What a new chatbot starts with.</param>
    /// <param name="typed">What was typed before; null where nothing was.</param>
    public ChatbotEdit(ChatbotView? original, ChatbotFormModel blank, ChatbotFormModel? typed = null)
    {
        _blank = blank;
        Original = original;
        Model = typed ?? Baseline.Copy();
        Rules = NewRules();
    }

    /// <summary>What the form started from; null for a new chatbot.</summary>
    public ChatbotView? Original { get; private set; }

    public ChatbotFormModel Model { get; private set; }

    /// <summary>The rules that are being built; <see cref="TakeRules"/> brings them into the model.</summary>
    public RuleDraft Rules { get; private set; }

    /// <summary>What somebody else has saved while this form had unsaved changes; null when nobody has.</summary>
    public ChatbotView? Newer { get; private set; }

    public bool IsDirty => CountChanges() > 0;

    /// <summary>What is stored of what a rule trial reads; null for a new chatbot.</summary>
    public TriedRules? Saved => Original is { Values: var values } ? new TriedRules(values.Rules, values.GroupIds) : null;

    /// <summary>Where a test goes, and how it looks there, is what is saved.</summary>
    public bool TestsWhatIsSaved => Original is not null && !Model.HasWebhook && !Model.HasSecret && ChatbotFormField.All
        .Where(setting => setting.Name is not (nameof(ChatbotFormModel.Interval) or nameof(ChatbotFormModel.GroupIds)
            or nameof(ChatbotFormModel.IsOn) or ChatbotFormField.Rules)
            && !DeliveryPolicyField.IsOne(setting.Name))
        .All(setting => !setting.Differs(Model, Baseline));

    private ChatbotFormModel Baseline => Original?.Values ?? _blank;

    /// <summary>How many fields differ from what the form started from.</summary>
    public int CountChanges() =>
        ChatbotFormField.All.Count(field => field.Differs(Model, Baseline)) + (Model.HasWebhook ? 1 : 0) + (Model.HasSecret ? 1 : 0);

    /// <summary>The rules have changed.</summary>
    public void TakeRules()
    {
        Model.RulesJson = Rules.LastGood.Json;
        Model.BrokenJson = Rules.IsValid ? null : Rules.Json;
    }

    /// <summary>Somebody's save was announced.</summary>
    /// <returns>True when the form now shows <paramref name="current"/>; false when it keeps what was typed, or has it already.</returns>
    public bool Take(ChatbotView current)
    {
        if (Original is null || current.Version <= Original.Version)
        {
            return false;
        }

        if (!IsDirty)
        {
            StartFrom(current);
            return true;
        }

        if (ChatbotConflict.Compare(Original, current, Model).Count > 0)
        {
            Newer = current;
        }
        else
        {
            (Original, Newer) = (current, null);
        }

        return false;
    }

    /// <summary>Something was typed: when it undid the last change, what others saved meanwhile is shown.</summary>
    public void Settle()
    {
        if (Newer is not null && !IsDirty)
        {
            StartFrom(Newer);
        }
    }

    /// <summary>Forgets what was typed and shows what is stored.</summary>
    public void Discard()
    {
        Original = Newer ?? Original;
        Newer = null;
        Model = Baseline.Copy();
        Rules = NewRules();
    }

    public void StartFrom(ChatbotView saved)
    {
        Original = saved;
        Newer = null;
        Model = saved.Values.Copy();
        Rules = NewRules();
    }

    /// <summary>Goes on from <paramref name="theirs"/> with the chosen values of the fields that differ.</summary>
    /// <param name="keepMine">The names of the fields whose typed value stays.</param>
    public void Resolve(ChatbotView theirs, IReadOnlySet<string> keepMine)
    {
        var merged = theirs.Values.Copy();
        foreach (var field in ChatbotFormField.All.Where(field => keepMine.Contains(field.Name)))
        {
            field.Copy(Model, merged);
        }

        merged.Webhook = keepMine.Contains(ChatbotFormField.Webhook) ? Model.Webhook : null;
        merged.Secret = keepMine.Contains(ChatbotFormField.Secret) ? Model.Secret : null;
        Original = theirs;
        Newer = null;
        Model = merged;
        Rules = NewRules();
    }

    private RuleDraft NewRules() => new(Model.Rules, Model.BrokenJson, Original?.Values.Rules ?? ConfigList.Empty);
}
