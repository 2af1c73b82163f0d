import './styles/global.css';
import './shell/app/app.ts';
