namespace Notify.Admin.RuleSets;

/// <summary>Texts about rule sets.</summary>
public sealed class RuleSetText;
