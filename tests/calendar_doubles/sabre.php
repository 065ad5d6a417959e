<?php
// sabre/dav as Debian packages it (php-sabre-dav), below PHP's own web server: the ancestor of Nextcloud's calendars, of a
// version that knows ctags and no sync tokens. Its folder, user and password come from the environment.
error_reporting(E_ALL & ~E_DEPRECATED & ~E_WARNING & ~E_NOTICE);
date_default_timezone_set('UTC');
require_once 'Sabre/autoload.php';

$pdo = new PDO('sqlite:' . getenv('SABRE_FOLDER') . '/dav.sqlite');
$pdo->setAttribute(PDO::ATTR_ERRMODE, PDO::ERRMODE_EXCEPTION);
$pdo->exec('PRAGMA busy_timeout = 5000');

class OneUser extends Sabre\DAV\Auth\Backend\AbstractBasic {
    protected function validateUserPass($username, $password) {
        return $username === getenv('SABRE_USER') && $password === getenv('SABRE_PASSWORD');
    }
}

$principals = new Sabre\DAVACL\PrincipalBackend\PDO($pdo);
$calendars = new Sabre\CalDAV\Backend\PDO($pdo);
$server = new Sabre\DAV\Server([new Sabre\CalDAV\Principal\Collection($principals), new Sabre\CalDAV\CalendarRootNode($principals, $calendars)]);
$server->setBaseUri('/');
$server->addPlugin(new Sabre\DAV\Auth\Plugin(new OneUser(), 'sabre'));
$server->addPlugin(new Sabre\DAVACL\Plugin());
$server->addPlugin(new Sabre\CalDAV\Plugin());
$server->exec();
