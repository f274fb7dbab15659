namespace Notify.Admin.RuleBuilder;

/// <summary>Marks the rule builder's texts, <c>RuleBuilderText.resx</c> and its Chinese sister.</summary>
public sealed class RuleBuilderText;
