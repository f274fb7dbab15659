namespace Notify.Sandbox.DingTalk;

/// <summary>The two generations of DingTalk's refusals.</summary>
public enum ErrorStyle
{
    /// <summary>Short English sentences; codes 300001 and 130101.</summary>
    Old,

    /// <summary>Structured Chinese (<c>description:…;solution:…;link:…;</c>); codes 400101 and 410100.</summary>
    New,
}
