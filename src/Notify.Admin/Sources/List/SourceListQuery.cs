namespace Notify.Admin.Sources;

/// <summary>Which sources a list is narrowed to; from the third, one that is on stands so.</summary>
public enum SourceFilter
{
    All,
    Off,
    Receiving,
    Waiting,
    Refused,
}

/// <summary>What the list of sources is sorted by.</summary>
public enum SourceSort
{
    Name,
    Kind,
    Received,
    Refused,
}
