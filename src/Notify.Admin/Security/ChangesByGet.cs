namespace Notify.Admin.Security;

/// <summary>Marks an endpoint that changes something by GET: links and pictures in pages of other origins must not reach it.</summary>
internal sealed class ChangesByGet;
