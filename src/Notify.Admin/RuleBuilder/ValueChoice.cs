using Notify.Admin.Rules;

namespace Notify.Admin.RuleBuilder;

/// <summary>Somebody has chosen a value of a key, or taken it back.</summary>
public sealed record ValueChoice(AlertTypeKey Key, string Value, bool IsChosen);
