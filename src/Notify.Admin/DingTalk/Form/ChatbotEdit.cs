using Notify.Admin.LiveForms;
using Notify.Admin.RuleBuilder;
using Notify.Admin.Rules;

namespace Notify.Admin.DingTalk;

/// <summary>An open form of a chatbot, and the rules that are being built in it.</summary>
internal sealed class ChatbotEdit(ChatbotView? original, ChatbotFormModel blank, ChatbotFormModel? typed = null)
    : LiveEdit<ChatbotView, ChatbotFormModel>(ChatbotFields.Table, original, blank, typed)
{
    private (ChatbotFormModel Model, RuleDraft Rules)? _built;

    /// <summary>The rules of the model; another draft once it is another model. <see cref="TakeRules"/> brings them into the
    /// model.</summary>
    public RuleDraft Rules
    {
        get
        {
            if (_built is not var (model, rules) || model != Model)
            {
                rules = new RuleDraft(Model.Rules, Model.BrokenJson, Original?.Values.Rules ?? ConfigList.Empty);
                _built = (Model, rules);
            }

            return rules;
        }
    }

    /// <summary>What is stored of what a rule trial reads; null for a new chatbot.</summary>
    public TriedRules? Saved => Original is { Values: var values } ? new TriedRules(values.Rules, values.GroupIds) : null;

    /// <summary>The rules have changed.</summary>
    public void TakeRules()
    {
        Model.RulesJson = Rules.LastGood.Json;
        Model.BrokenJson = Rules.IsValid ? null : Rules.Json;
    }
}
