namespace Notify.Admin.ChannelPages;

/// <summary>The columns of a list of channels that a person can put away; the name is always there.</summary>
public enum ChannelColumn
{
    Switch,
    Destination,
    Hears,
    Health,
    LastTest,
}
